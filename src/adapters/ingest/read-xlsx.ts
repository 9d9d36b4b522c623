import { read, SSF, type CellObject, type WorkBook } from 'xlsx';
import { UnreadableFileError } from '../../app/errors';
import type { ReadRow } from '../../app/ports/row-reader';
import { rowError } from '../../domain/mapping/source-row';
import { readWhole } from './decode-text';
import { checkInflatedSize } from './inflated-size';
import { tableColumns } from './table-columns';

const MAX_BYTES = 50_000_000;
const MAX_INFLATED_BYTES = 300_000_000;
const ROWS_AT_A_TIME = 1_000;

function parseWorkbook(bytes: Buffer, sheet: string | undefined): WorkBook {
	try {
		const only = sheet === undefined ? 0 : sheet;
		return read(bytes, { dense: true, cellNF: true, cellText: false, cellHTML: false, sheets: only });
	} catch (error) {
		const hint = 'Open it in a spreadsheet and save it again as .xlsx, without a password.';
		throw new UnreadableFileError('The workbook cannot be read', hint, { cause: error });
	}
}

/** The library's own types leave these open. */
const dateFormats = SSF as {
	is_date(format: string): boolean;
	parse_date_code(value: number): Record<'y' | 'm' | 'd' | 'H' | 'M' | 'S', number>;
};

const two = (part: number) => String(part).padStart(2, '0');

/** A date as its ISO 8601 text: workbooks hold local days and times, without a zone. */
function cellValue(cell: CellObject | undefined): unknown {
	if (!cell || cell.t === 'z') return undefined;
	if (
		cell.t === 'n' &&
		typeof cell.v === 'number' &&
		cell.z !== undefined &&
		dateFormats.is_date(String(cell.z))
	) {
		const { y, m, d, H, M, S } = dateFormats.parse_date_code(cell.v);
		const day = `${y}-${two(m)}-${two(d)}`;
		return H || M || S ? `${day}T${two(H)}:${two(M)}:${two(Math.floor(S))}` : day;
	}
	return cell.v;
}

function headerName(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/**
 * A sheet of a workbook, its header in the first row that is not empty; formulas count as their values. It is read
 * in memory whole, so it may have 50 MB at most, and 300 MB unpacked.
 */
export async function* readXlsx(content: AsyncIterable<Buffer>, sheet?: string): AsyncGenerator<ReadRow[]> {
	const bytes = await readWhole(content, MAX_BYTES, 'Save its sheet as CSV, which may be of any size.');
	await checkInflatedSize(bytes, MAX_INFLATED_BYTES);
	const workbook = parseWorkbook(bytes, sheet);
	const name = sheet ?? workbook.SheetNames[0] ?? '';
	const worksheet = workbook.Sheets[name];
	if (!worksheet) {
		const names = workbook.SheetNames.map((known) => `'${known}'`).join(', ');
		throw new UnreadableFileError(`The workbook has no sheet '${name}'`, `Its sheets are ${names}.`);
	}
	const grid: (CellObject | undefined)[][] = worksheet['!data'] ?? [];
	let columns: string[] | null = null;
	let rows: ReadRow[] = [];
	for (const [index, cells = []] of grid.entries()) {
		const values = Array.from(cells, cellValue);
		if (values.every((value) => value === undefined || value === '')) continue;
		if (!columns) {
			columns = tableColumns(values.map(headerName));
			continue;
		}
		rows.push(toRow(index + 1, columns, cells, values));
		if (rows.length < ROWS_AT_A_TIME) continue;
		yield rows;
		rows = [];
	}
	if (rows.length > 0) yield rows;
}

function toRow(
	row: number,
	columns: readonly string[],
	cells: readonly (CellObject | undefined)[],
	values: readonly unknown[],
): ReadRow {
	const place = { row, list: null };
	const bad = cells.findIndex((cell) => cell?.t === 'e');
	if (bad >= 0) {
		const message = 'The cell holds an error of the spreadsheet';
		const error = rowError(place, message, columns[bad] ?? null, cells[bad]?.w ?? null);
		return { ok: false, error };
	}
	if (values.slice(columns.length).some((value) => value !== undefined && value !== '')) {
		return { ok: false, error: rowError(place, 'The row has a cell to the right of the last named column') };
	}
	return { ok: true, row: { ...place, columns, cells: columns.map((_, at) => values[at]), isText: false } };
}
