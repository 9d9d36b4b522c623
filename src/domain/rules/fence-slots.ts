import type { FenceSet } from '../geofences/fence-set';
import type { GeofenceRef } from './pattern';

const NONE: readonly number[] = Object.freeze([]);

/** Which slots a geofence fills when a position is inside it: that of its name, those of its tags. */
export class FenceSlots {
	private readonly refs = new Map<string, { readonly ref: GeofenceRef; readonly slot: number }>();
	private readonly slotsOfFence = new Map<number, number[]>();

	get isEmpty(): boolean {
		return this.refs.size === 0;
	}

	/** `nextSlot` is taken when the reference has no slot yet. */
	slotOf(ref: GeofenceRef, nextSlot: () => number): number {
		const key = 'geofence' in ref ? `geofence ${ref.geofence}` : `tag ${ref.tag}`;
		const known = this.refs.get(key);
		if (known !== undefined) return known.slot;
		const slot = nextSlot();
		this.refs.set(key, { ref, slot });
		return slot;
	}

	/** To be called when every reference has its slot. */
	resolve(fences: FenceSet): void {
		for (const { ref, slot } of this.refs.values()) {
			for (const id of fences.idsOf(ref)) {
				const slots = this.slotsOfFence.get(id);
				if (slots === undefined) this.slotsOfFence.set(id, [slot]);
				else slots.push(slot);
			}
		}
	}

	filledBy(fenceId: number): readonly number[] {
		return this.slotsOfFence.get(fenceId) ?? NONE;
	}
}
