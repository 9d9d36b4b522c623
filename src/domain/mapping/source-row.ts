import type { ImportRowError } from '../import';
import type { JsonObject } from '../parse-status-message-values';

/** What an element of a JSON list stands in. */
export interface RowWrapper {
	/** Of the list, dotted. */
	readonly path: string;
	/** What stands beside the list, long texts and other lists left out. */
	readonly members: JsonObject;
}

/** One data row of a file, before its columns are matched to fields. */
export interface SourceRow {
	/** Counted as in `ImportRowError`. */
	readonly row: number;
	readonly list: string | null;
	/** The same array for all rows of one table, so that what is worked out from it can be kept. */
	readonly columns: readonly string[];
	/** As many as there are columns. */
	readonly cells: readonly unknown[];
	/** Every cell is text, whatever it stands for (CSV): numbers, booleans and nothing have to be told from it. */
	readonly isText: boolean;
	/** Of an element of a list inside of an object. */
	readonly wrapper?: RowWrapper;
}

/** How errors show a cell: shortened, so that one cell cannot fill a page. */
export function displayCell(cell: unknown): string | null {
	if (cell === undefined || cell === null) return null;
	const text = typeof cell === 'string' ? cell : JSON.stringify(cell);
	return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}

export function rowError(
	row: Pick<SourceRow, 'row' | 'list'>,
	message: string,
	column: string | null = null,
	value: unknown = null,
): ImportRowError {
	return { row: row.row, list: row.list, column, value: displayCell(value), message };
}
