import type { ImportRowError } from '../../domain/import';
import type { RowOutcome } from './take-chunk';

export const JUDGED_ROWS = 1_000;
/** A handful of rows says nothing about a file: its good ones are taken. */
const FEWEST_ROWS = 100;

/** Too many of a file's first rows are bad: it is probably not what it was taken for. */
export class BadRowsError extends Error {
	constructor(
		message: string,
		readonly errors: readonly ImportRowError[],
		readonly rows: number,
	) {
		super(message);
	}
}

/** Throws `BadRowsError` when more than `maxShare` of the first 1,000 rows are refused; a file of less than 100 is never judged. */
export function refuseBadRows(firstRows: readonly RowOutcome[], maxShare: number): void {
	const judged = firstRows.slice(0, JUDGED_ROWS);
	const errors = judged.flatMap((row) => (row.outcome === 'refused' ? [row.error] : []));
	if (judged.length < FEWEST_ROWS || errors.length <= judged.length * maxShare) return;
	const share = `${Math.round((errors.length / judged.length) * 100)} %`;
	throw new BadRowsError(
		`${errors.length} of the first ${judged.length} rows are bad (${share}), more than the ${Math.round(maxShare * 100)} % that may be: nothing was taken. ` +
			`Mend the file or its mapping, or allow more bad rows, and run it again`,
		errors,
		judged.length,
	);
}
