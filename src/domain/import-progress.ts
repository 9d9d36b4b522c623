import type { Import } from './import';

export interface ImportProgress {
	/** Of the rows, 0 to 100, rounded down; null while nobody knows how many there are. */
	readonly percent: number | null;
	/** Null when it does not run, or has not run long enough to tell. */
	readonly secondsLeft: number | null;
}

type Counted = Pick<Import, 'state' | 'rowsDone' | 'rowsTotal' | 'rowsPerSecond'>;

/** How far an import has come. 100 % is only what has ended: an estimated total may be too low. */
export function importProgress({ state, rowsDone, rowsTotal, rowsPerSecond }: Counted): ImportProgress {
	if (state === 'done') return { percent: 100, secondsLeft: null };
	const percent = rowsTotal === null ? null : Math.floor((rowsDone / Math.max(rowsTotal, 1)) * 100);
	const isTimed = state === 'running' && rowsTotal !== null && rowsPerSecond !== null && rowsPerSecond > 0;
	return {
		percent: percent === null ? null : Math.min(percent, 99),
		secondsLeft: isTimed ? Math.ceil(Math.max(rowsTotal - rowsDone, 0) / rowsPerSecond) : null,
	};
}
