import { nextAbove } from './number-range';
import type { NumberRange } from './number-range';
import { countUpTo } from './selectivity';

export interface FiledRange extends NumberRange {
	readonly rule: number;
}

/**
 * The number line, cut at the ranges' ends into cells. Cell c reaches from `borders[c - 1]` (included) to
 * `borders[c]` (excluded); the rules whose ranges touch it are at `rules[starts[c]..starts[c + 1])`.
 */
export interface RangeGrid {
	readonly borders: Float64Array;
	readonly starts: Int32Array;
	readonly rules: Int32Array;
}

/** With fewer cells than ends a cell lists some rules in vain; with more, wide ranges are listed too often. */
const MAX_CELLS = 128;

/** Empty ranges are left out: nothing is in them. */
export function buildRangeGrid(filed: readonly FiledRange[]): RangeGrid {
	const ranges = filed.filter(({ low, high }) => low <= high);
	const borders = chooseBorders(ranges);
	const starts = new Int32Array(borders.length + 2);
	for (const { low, high } of ranges) {
		const last = countUpTo(borders, high);
		for (let cell = countUpTo(borders, low); cell <= last; cell++) {
			starts[cell + 1] = (starts[cell + 1] as number) + 1;
		}
	}
	for (let cell = 1; cell < starts.length; cell++) {
		starts[cell] = (starts[cell] as number) + (starts[cell - 1] as number);
	}
	const rules = new Int32Array(starts.at(-1) ?? 0);
	const next = starts.slice();
	for (const { rule, low, high } of ranges) {
		const last = countUpTo(borders, high);
		for (let cell = countUpTo(borders, low); cell <= last; cell++) {
			rules[next[cell] as number] = rule;
			next[cell] = (next[cell] as number) + 1;
		}
	}
	return { borders, starts, rules };
}

function chooseBorders(ranges: readonly NumberRange[]): Float64Array {
	const ends = ranges
		.flatMap(({ low, high }) => [low, nextAbove(high)])
		.filter((end) => Number.isFinite(end));
	const sorted = Float64Array.from(new Set(ends)).sort();
	if (sorted.length < MAX_CELLS) return sorted;
	const step = sorted.length / (MAX_CELLS - 1);
	return Float64Array.from({ length: MAX_CELLS - 1 }, (_, i) => sorted[Math.floor(i * step)] as number);
}
