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
	/** Per slot: the value when it is a number, else NaN. */
	numbers = new Float64Array(0);
	/** Per slot: the number of the constant that equals the value, else `NO_CONSTANT`. */
	constantIds = new Int32Array(0);
	/** The slots that the report fills, in its first `filledCount` places. */
	filled = new Int32Array(0);
	filledCount = 0;

	get count(): number {
		return this.values.length;
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
		this.numbers = new Float64Array(this.count).fill(NaN);
		this.constantIds = new Int32Array(this.count);
		this.filled = new Int32Array(this.count);
		this.filledCount = 0;
	}

	/** Replaces the report that was loaded before. */
	load(attributes: Attributes): void {
		const { slots, constants, values, numbers, constantIds, filled } = this;
		for (let i = 0; i < this.filledCount; i++) {
			const slot = filled[i] as number;
			values[slot] = undefined;
			numbers[slot] = NaN;
			constantIds[slot] = NO_CONSTANT;
		}
		let count = 0;
		for (const name in attributes) {
			const slot = slots.get(name);
			if (slot === undefined) continue;
			const value = attributes[name];
			values[slot] = value;
			if (typeof value === 'number') numbers[slot] = value;
			const ids = constants[slot];
			if (ids) constantIds[slot] = ids.get(value) ?? NO_CONSTANT;
			filled[count++] = slot;
		}
		this.filledCount = count;
	}
}
