import type { NumberRange } from './number-range';
import { NumberRanks } from './number-ranks';

/** What stands for a value that no rule compares with. */
export const NO_CONSTANT = 0;
/** The rank of what is no number: in no range. */
export const NO_RANK = -1;

/** One thing that rules ask about, and the values that they compare it with, turned into small integers. */
export class FactColumn {
	private readonly ranges: NumberRange[] = [];
	/** Ids of the values that it is compared with for equality, from 1. Text and number never equal each other. */
	private ids: Map<unknown, number> | null = null;
	/** Null while no rule asks for a range. */
	private ranks: NumberRanks | null = null;
	/** Whether rules ask for the very value, too. */
	isValueKept = false;

	constructor(readonly slot: number) {}

	addRange(range: NumberRange): void {
		this.ranges.push(range);
	}

	addConstant(value: unknown): number {
		this.ids ??= new Map();
		const id = this.ids.get(value) ?? this.ids.size + 1;
		this.ids.set(value, id);
		return id;
	}

	/** To be called when all ranges are known, and before any rank is asked for. */
	seal(): void {
		if (this.ranges.length > 0) this.ranks = new NumberRanks(this.ranges);
		this.ranges.length = 0;
	}

	get constantCount(): number {
		return this.ids?.size ?? 0;
	}

	get rankCount(): number {
		return this.ranks?.count ?? 0;
	}

	rankOf(value: number): number {
		return this.ranks === null ? NO_RANK : this.ranks.rankOf(value);
	}

	idOf(value: unknown): number {
		return this.ids === null ? NO_CONSTANT : (this.ids.get(value) ?? NO_CONSTANT);
	}
}
