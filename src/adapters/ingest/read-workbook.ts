import type { CellObject, WorkBook } from 'xlsx';
import { UnreadableFileError } from '../../app/errors';
import type { ReadRow } from '../../app/ports/row-reader';
import { isEmptyCell } from '../../domain/mapping/cell-value';
import { rowError } from '../../domain/mapping/source-row';
import { commonest, findHeader, type SampleRow } from './find-header';
import type { Reading } from './reading';
import { numberedColumns, tableColumns } from './table-columns';
import { MAX_ROWS, refuseTooManyRows, type WorkbookParser } from './workbook-bytes';
import { cellProblem, workbookCell } from './workbook-cell';

const ROWS_AT_A_TIME = 1_000;
const ROWS_TO_LOOK_AT = 100;
/** Of a sheet, as the formats define it. */
const MAX_COLUMNS = 16_384;

type Cells = readonly (CellObject | undefined)[];

interface SheetRow {
	readonly row: number;
	readonly cells: Cells;
}

const isFilled = (cell: CellObject | undefined) =>
	cell !== undefined && (cell.f !== undefined || (cell.t !== 'z' && !isEmptyCell(cell.v)) || cell.t === 'e');

function nameOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function namesOf(workbook: WorkBook): string {
	return workbook.SheetNames.map((known) => `'${known}'`).join(', ');
}

function* filledRows(grid: readonly Cells[]): Generator<SheetRow> {
	if (grid.length > MAX_ROWS) refuseTooManyRows();
	for (let index = 0; index < grid.length; index += 1) {
		const cells = grid[index];
		// Cells far to the right leave holes, which cost nothing here.
		if (cells && Object.values(cells).some(isFilled)) yield { row: index + 1, cells };
	}
}

function valuesOf(cells: Cells, date1904: boolean): unknown[] {
	return Array.from(cells.slice(0, MAX_COLUMNS), (cell) => workbookCell(cell, date1904));
}

function sample(grid: readonly Cells[], date1904: boolean): SampleRow[] {
	const rows: SampleRow[] = [];
	for (const { row, cells } of filledRows(grid)) {
		rows.push({ row, cells: valuesOf(cells, date1904) });
		if (rows.length === ROWS_TO_LOOK_AT) break;
	}
	return rows;
}

/** A sheet of a workbook, the first if none is named; formulas count as their values. */
export async function* readWorkbook(
	{ format, parse }: { readonly format: string; readonly parse: WorkbookParser },
	reading: Reading,
): AsyncGenerator<ReadRow[]> {
	const workbook = parse(reading.dialect.sheet ?? 0);
	const sheet = reading.dialect.sheet ?? workbook.SheetNames[0] ?? '';
	if (!workbook.SheetNames.includes(sheet)) {
		const hint = `Its sheets are ${namesOf(workbook)}.`;
		throw new UnreadableFileError(`The workbook has no sheet '${sheet}'`, hint);
	}
	const worksheet = workbook.Sheets[sheet];
	if (!worksheet) {
		const hint = 'Open the workbook in a spreadsheet and save it again as .xlsx.';
		throw new UnreadableFileError(`The sheet '${sheet}' is damaged`, hint);
	}
	const grid: readonly Cells[] = worksheet['!data'] ?? [];
	const date1904 = workbook.Workbook?.WBProps?.date1904 === true;
	const first = sample(grid, date1904);
	const headerRow = reading.dialect.headerRow ?? findHeader(first);
	reading.onDialect({ format, sheet, headerRow });
	const width = commonest(first.map(({ cells }) => cells.findLastIndex((cell) => !isEmptyCell(cell)) + 1));
	let columns = headerRow === 0 ? numberedColumns(width) : null;
	let rows: ReadRow[] = [];
	for (const { row, cells } of filledRows(grid)) {
		if (columns) {
			rows.push(toRow(row, columns, cells, date1904));
		} else if (row >= headerRow) {
			const names = valuesOf(cells, date1904).map(nameOf);
			columns = tableColumns(names.slice(0, names.findLastIndex((name) => name.trim() !== '') + 1));
			let total = -1;
			for (const below of filledRows(grid)) if (below.row >= row) total += 1;
			reading.onTotal(total);
		}
		if (rows.length < ROWS_AT_A_TIME) continue;
		yield rows;
		rows = [];
	}
	if (rows.length > 0) yield rows;
}

function toRow(row: number, columns: readonly string[], cells: Cells, date1904: boolean): ReadRow {
	const values = columns.map((_, at) => workbookCell(cells[at], date1904));
	const refuse = (message: string, at: number): ReadRow => {
		const column = columns[at] ?? null;
		return {
			ok: false,
			error: rowError({ row, list: null }, message, column, workbookCell(cells[at], date1904)),
			cells: valuesOf(cells, date1904),
			columns,
		};
	};
	const bad = columns.findIndex((_, at) => cellProblem(cells[at]) !== null);
	if (bad >= 0) return refuse(cellProblem(cells[bad]) ?? '', bad);
	if (cells.length > columns.length) {
		const outside = Object.keys(cells).find(
			(at) => Number(at) >= columns.length && isFilled(cells[Number(at)]),
		);
		if (outside !== undefined) {
			return refuse('The row has a cell to the right of the last named column', Number(outside));
		}
	}
	return { ok: true, row: { row, list: null, columns, cells: values, isText: false } };
}
