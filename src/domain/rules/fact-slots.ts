import type { AttributeValue } from '../attributes';
import type { FenceSet } from '../geofences/fence-set';
import { attributeOf, POSITION_ATTRIBUTES, recordOf } from './facts';
import type { Facts } from './facts';
import { FenceSlots } from './fence-slots';
import { LearnedNames } from './learned-names';
import type { GeofenceRef } from './pattern';

/** What stands for a value that no rule compares with. */
export const NO_CONSTANT = 0;
/** The reading of a geofence that the position is inside of. */
export const INSIDE = 1;

/**
 * Numbers what rules ask about (attributes, records, geofences), and the values that they compare for equality, so
 * that a report is looked up by names once and by small integers from then on. The facts loaded last lie open in the
 * arrays.
 */
export class FactSlots {
	private readonly attributes = new Map<string, number>();
	private readonly records = new Map<string, number>();
	private readonly fenceSlots = new FenceSlots();
	private readonly names = new LearnedNames(this.attributes);
	private readonly constants: (Map<unknown, number> | null)[] = [];
	private fences: FenceSet | null = null;
	private positionSlots: readonly (readonly [name: string, slot: number])[] = [];
	/** Per slot: the value, undefined where there is none. */
	readonly values: (AttributeValue | undefined)[] = [];
	/**
	 * Per slot: the value when it is a number, else NaN. Then, at `count + slot`: the id of the constant that equals the
	 * value, else `NO_CONSTANT`. Last, at `zero`: 0. So every comparison of numbers and constants looks alike.
	 */
	readings = new Float64Array(0);
	/** The slots that are filled, in its first `filledCount` places. */
	filled = new Int32Array(0);
	filledCount = 0;
	/** What was loaded last. */
	facts: Facts | null = null;

	get count(): number {
		return this.values.length;
	}

	get zero(): number {
		return 2 * this.count;
	}

	slotOf(attribute: string): number {
		return this.slotIn(this.attributes, attribute);
	}

	recordSlotOf(attribute: string): number {
		return this.slotIn(this.records, attribute);
	}

	/** Its reading is `INSIDE` when the last known position is inside the geofence, or one of those with the tag. */
	fenceSlotOf(ref: GeofenceRef): number {
		return this.fenceSlots.slotOf(ref, () => this.nextSlot());
	}

	/** Numbers equal values of one slot equally; text and number never equal each other. */
	constantIdOf(slot: number, value: unknown): number {
		const ids = (this.constants[slot] ??= new Map<unknown, number>());
		const known = ids.get(value);
		if (known !== undefined) return known;
		const id = ids.size + 1;
		ids.set(value, id);
		return id;
	}

	constantCount(slot: number): number {
		return this.constants[slot]?.size ?? 0;
	}

	/** To be called when everything that rules ask about has its slot. */
	seal(fences: FenceSet): void {
		this.readings = new Float64Array(2 * this.count + 1).fill(NaN, 0, this.count);
		this.filled = new Int32Array(this.count);
		this.filledCount = 0;
		this.positionSlots = POSITION_ATTRIBUTES.flatMap((name) => {
			const slot = this.attributes.get(name);
			return slot === undefined ? [] : [[name, slot] as const];
		});
		this.fenceSlots.resolve(fences);
		this.fences = this.fenceSlots.isEmpty ? null : fences;
	}

	/** Replaces the facts that were loaded before. */
	load(facts: Facts): void {
		this.clear();
		this.facts = facts;
		const { attributes, position } = facts;
		let link = this.names.start;
		for (const name in attributes) {
			const next = link.next;
			link = next !== null && next.name === name ? next : this.names.follow(link, name);
			if (link.slot >= 0) this.fill(link.slot, attributes[name]);
		}
		for (const [name, slot] of this.records) this.fill(slot, recordOf(facts, name));
		if (position === null) return;
		for (const [name, slot] of this.positionSlots) this.refill(slot, attributeOf(facts, name));
		if (this.fences !== null) this.fillFences(this.fences.insideOf(position.longitude, position.latitude));
	}

	private clear(): void {
		const { filled, filledCount, readings, values } = this;
		const slotCount = values.length;
		for (let i = 0; i < filledCount; i++) {
			const slot = filled[i] as number;
			values[slot] = undefined;
			readings[slot] = NaN;
			readings[slotCount + slot] = NO_CONSTANT;
		}
		this.filledCount = 0;
	}

	/** Fills a slot that is empty. */
	private fill(slot: number, value: AttributeValue | undefined): void {
		if (value === undefined) return;
		const { readings, values } = this;
		values[slot] = value;
		if (typeof value === 'number') readings[slot] = value;
		const ids = this.constants[slot];
		if (ids) readings[values.length + slot] = ids.get(value) ?? NO_CONSTANT;
		this.filled[this.filledCount++] = slot;
	}

	private refill(slot: number, value: AttributeValue | undefined): void {
		if (this.values[slot] !== undefined) {
			this.filledCount -= 1;
			this.filled[this.filled.indexOf(slot)] = this.filled[this.filledCount] as number;
			this.readings[slot] = NaN;
		}
		this.fill(slot, value);
	}

	private fillFences(ids: readonly number[]): void {
		for (const id of ids) {
			for (const slot of this.fenceSlots.filledBy(id)) {
				if (this.values[slot] === undefined) this.fill(slot, INSIDE);
			}
		}
	}

	private slotIn(slots: Map<string, number>, name: string): number {
		const known = slots.get(name);
		if (known !== undefined) return known;
		const slot = this.nextSlot();
		slots.set(name, slot);
		return slot;
	}

	private nextSlot(): number {
		this.constants.push(null);
		return this.values.push(undefined) - 1;
	}
}
