import type { FenceSet } from '../geofences/fence-set';
import type { FactColumn } from './fact-column';
import type { GeofenceRef } from './pattern';

const NONE: readonly FactColumn[] = Object.freeze([]);

/** Which columns a geofence fills when a position is inside it: that of its name, those of its tags. */
export class FenceColumns {
	private readonly byRef = new Map<string, { readonly ref: GeofenceRef; readonly column: FactColumn }>();
	private readonly byFence = new Map<number, FactColumn[]>();

	get isEmpty(): boolean {
		return this.byRef.size === 0;
	}

	/** `next` is called when the reference has no column yet. */
	of(ref: GeofenceRef, next: () => FactColumn): FactColumn {
		const key = 'geofence' in ref ? `geofence ${ref.geofence}` : `tag ${ref.tag}`;
		const known = this.byRef.get(key);
		if (known !== undefined) return known.column;
		const column = next();
		this.byRef.set(key, { ref, column });
		return column;
	}

	/** To be called when every reference has its column. */
	resolve(fences: FenceSet): void {
		for (const { ref, column } of this.byRef.values()) {
			for (const id of fences.idsOf(ref)) {
				const columns = this.byFence.get(id);
				if (columns === undefined) this.byFence.set(id, [column]);
				else columns.push(column);
			}
		}
	}

	filledBy(fenceId: number): readonly FactColumn[] {
		return this.byFence.get(fenceId) ?? NONE;
	}
}
