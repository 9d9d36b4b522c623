import type { ReadRow } from '../../app/ports/row-reader';
import { rowError } from '../../domain/mapping/source-row';

/**
 * Makes rows of JSON values. Objects with the same names in the same order share one array of columns, as the rows
 * of a table do.
 */
export function objectRows(): (row: number, list: string | null, value: unknown) => ReadRow {
	let columns: readonly string[] = [];
	return (row, list, value) => {
		if (typeof value !== 'object' || value === null || Array.isArray(value)) {
			const message = 'The element is not an object with named fields';
			return { ok: false, error: rowError({ row, list }, message, null, value) };
		}
		const names = Object.keys(value);
		if (names.length !== columns.length || names.some((name, index) => name !== columns[index])) {
			columns = names;
		}
		return { ok: true, row: { row, list, columns, cells: Object.values(value), isText: false } };
	};
}
