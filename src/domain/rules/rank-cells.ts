import type { FactColumn } from './fact-column';
import { isEmpty } from './number-range';
import type { NumberRange } from './number-range';

export interface FiledRange extends NumberRange {
	readonly rule: number;
}

/**
 * A column's ranks, cut into cells. The rules whose ranges touch cell `c` are at `rules[starts[c]..starts[c + 1])`.
 */
export interface RankCells {
	readonly cellOfRank: Uint8Array;
	readonly starts: Int32Array;
	readonly rules: Int32Array;
}

/** With fewer cells than ends a cell lists some rules in vain; with more, wide ranges are listed too often. */
const MOST_CELLS = 128;

/** Empty ranges are left out: nothing is in them. */
export function buildRankCells(filed: readonly FiledRange[], column: FactColumn): RankCells {
	const ranges = filed
		.filter((range) => !isEmpty(range))
		.map(({ rule, low, high }) => ({ rule, low: column.rankOf(low), high: column.rankOf(high) }));
	const cellOfRank = cutIntoCells(ranges, column.rankCount);
	const cellsOf = ({ low, high }: NumberRange): [number, number] => [
		cellOfRank[low] as number,
		cellOfRank[high] as number,
	];
	const starts = new Int32Array((cellOfRank.at(-1) ?? 0) + 2);
	for (const range of ranges) {
		const [first, last] = cellsOf(range);
		for (let cell = first; cell <= last; cell++) starts[cell + 1] = (starts[cell + 1] as number) + 1;
	}
	for (let cell = 1; cell < starts.length; cell++) {
		starts[cell] = (starts[cell] as number) + (starts[cell - 1] as number);
	}
	const rules = new Int32Array(starts.at(-1) ?? 0);
	const next = starts.slice();
	for (const range of ranges) {
		const [first, last] = cellsOf(range);
		for (let cell = first; cell <= last; cell++) {
			rules[next[cell] as number] = range.rule;
			next[cell] = (next[cell] as number) + 1;
		}
	}
	return { cellOfRank, starts, rules };
}

/** Cells begin at the ranges' ends: at every one, or, when there are too many, at every so manyth. */
function cutIntoCells(ranges: readonly NumberRange[], rankCount: number): Uint8Array {
	const ends = new Set(ranges.flatMap(({ low, high }) => [low, high + 1]));
	const sorted = [...ends].filter((rank) => rank > 0 && rank < rankCount).sort((a, b) => a - b);
	const step = Math.max(1, sorted.length / (MOST_CELLS - 1));
	const cuts = Array.from({ length: Math.min(sorted.length, MOST_CELLS - 1) }, (_, i) =>
		Number(sorted[Math.floor(i * step)]),
	);
	let cell = 0;
	return Uint8Array.from({ length: rankCount }, (_, rank) => {
		if (rank === cuts[cell]) cell += 1;
		return cell;
	});
}
