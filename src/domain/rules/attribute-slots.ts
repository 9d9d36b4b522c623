import type { Attributes, AttributeValue } from '../attributes';

/** What stands for a value that no rule compares with. */
export const NO_CONSTANT = 0;

/**
 * Numbers the attributes that rules name, and the values that they compare for equality, so that a report is looked
 * up by names once and by small integers from then on. The report loaded last lies open in the arrays.
 */
export class AttributeSlots {
	private readonly slots = new Map<string, number>();
	private readonly constants: (Map<unknown, number> | null)[] = [];
	/** Per slot: the value, undefined where the report has none. */
	readonly values: (AttributeValue | undefined)[] = [];
	/**
	 * Per slot: the value when it is a number, else NaN. Then, at `count + slot`: the id of the constant that equals the
	 * value, else `NO_CONSTANT`. Last, at `zero`: 0. So every comparison of numbers and constants looks alike.
	 */
	readings = new Float64Array(0);
	/** The slots that the report fills, in its first `filledCount` places. */
	filled = new Int32Array(0);
	filledCount = 0;

	get count(): number {
		return this.values.length;
	}

	get zero(): number {
		return 2 * this.count;
	}

	slotOf(attribute: string): number {
		const known = this.slots.get(attribute);
		if (known !== undefined) return known;
		const slot = this.values.length;
		this.slots.set(attribute, slot);
		this.values.push(undefined);
		this.constants.push(null);
		return slot;
	}

	/** Numbers equal values of one attribute equally; text and number never equal each other. */
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

	/** To be called when every attribute has its slot. */
	seal(): void {
		this.readings = new Float64Array(2 * this.count + 1).fill(NaN, 0, this.count);
		this.filled = new Int32Array(this.count);
		this.filledCount = 0;
	}

	/** Replaces the report that was loaded before. */
	load(attributes: Attributes): void {
		const { slots, constants, values, readings, filled } = this;
		const slotCount = values.length;
		for (let i = 0; i < this.filledCount; i++) {
			const slot = filled[i] as number;
			values[slot] = undefined;
			readings[slot] = NaN;
			readings[slotCount + slot] = NO_CONSTANT;
		}
		let count = 0;
		for (const name in attributes) {
			const slot = slots.get(name);
			if (slot === undefined) continue;
			const value = attributes[name];
			values[slot] = value;
			if (typeof value === 'number') readings[slot] = value;
			const ids = constants[slot];
			if (ids) readings[slotCount + slot] = ids.get(value) ?? NO_CONSTANT;
			filled[count++] = slot;
		}
		this.filledCount = count;
	}
}
