import { NO_RANK } from './fact-column';
import type { FactSlots } from './fact-slots';
import type { IndexableCondition, Selectivity } from './choose-index';
import type { Facts } from './facts';

/** What is taken for granted until reports have been seen: an equality is met less often than a range. */
export function guessSelectivity(condition: IndexableCondition): number {
	switch (condition.kind) {
		case 'oneOf':
			return Math.min(0.03 * condition.constantIds.length, 0.9);
		case 'range':
			if (condition.low === condition.high) return 0.02;
			return condition.low > -Infinity && condition.high < Infinity ? 0.15 : 0.35;
		case 'present':
			return 0.95;
	}
}

/** Counts, in a sample of reports, how often a condition hands a report on. Overwrites the report in `slots`. */
export function learnSelectivity(sample: readonly Facts[], slots: FactSlots): Selectivity {
	const seen = slots.columns.map(({ constantCount }) => ({
		present: 0,
		numbers: [] as number[],
		constants: new Int32Array(constantCount + 1),
	}));
	for (const facts of sample) {
		slots.load(facts);
		for (const slot of slots.filled.subarray(0, slots.filledCount)) {
			const column = seen[slot];
			if (column === undefined) continue;
			const constantId = slots.readings[slots.count + slot] as number;
			column.present += 1;
			column.constants[constantId] = (column.constants[constantId] as number) + 1;
			if (slots.readings[slot] !== NO_RANK) column.numbers.push(slots.numbers[slot] as number);
		}
	}
	const columns = seen.map((column) => ({ ...column, numbers: Float64Array.from(column.numbers).sort() }));

	return (condition) => {
		const column = columns[condition.slot];
		if (column === undefined) return 1;
		// Never 0: of two conditions that the sample did not meet, none is free.
		return (met(condition, column) + 0.5) / (sample.length + 1);
	};
}

function met(
	condition: IndexableCondition,
	column: { present: number; numbers: Float64Array; constants: Int32Array },
): number {
	switch (condition.kind) {
		case 'oneOf':
			return condition.constantIds.reduce((sum, id) => sum + (column.constants[id] ?? 0), 0);
		case 'range': {
			const above = countUpTo(column.numbers, condition.high);
			return Math.max(0, above - countBelow(column.numbers, condition.low));
		}
		case 'present':
			return column.present;
	}
}

/** How many of the ascending `sorted` are at most `value`. */
function countUpTo(sorted: Float64Array, value: number): number {
	let low = 0;
	let high = sorted.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((sorted[middle] as number) <= value) low = middle + 1;
		else high = middle;
	}
	return low;
}

function countBelow(sorted: Float64Array, value: number): number {
	let low = 0;
	let high = sorted.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((sorted[middle] as number) < value) low = middle + 1;
		else high = middle;
	}
	return low;
}
