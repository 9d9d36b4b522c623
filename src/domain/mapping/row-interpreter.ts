import { FleetError } from '../errors';
import type { ImportRecordType } from '../import';
import { assembleRecords, MissingFieldError } from './assemble-records';
import { isEmptyCell } from './cell-value';
import { CellError } from './cell-readers';
import { columnOf } from './column-of';
import { compileColumns, noParts, type CompiledColumn } from './compile-columns';
import { decideFormats } from './decide-formats';
import { formatInterpreter } from './format-rows';
import type { ColumnMapping } from './import-mapping';
import type { ImportPlan, ListPlan } from './import-plan';
import { placePath } from './place-path';
import { kindOf, UnknownRecordsError } from './plan-import';
import { recogniseColumns } from './recognise-columns';
import { objectOf } from './recognise-format';
import { shapeOf } from './remember-mapping';
import type { InterpretedRow } from './row-records';
import { rowError, type SourceRow } from './source-row';

type Interpret = (row: SourceRow) => InterpretedRow;

/** Objects of one list may differ in their names without end. */
const MAX_TABLES = 1_000;

/**
 * Makes records of a file's rows, as its plan says. What is needed for a table is worked out once. A list that the
 * plan does not have, and columns that it has not seen, are recognised by their names; what the plan has decided
 * stays so, and no row depends on those before it. Never throws.
 */
export function rowInterpreter(
	plan: Omit<ImportPlan, 'dialect'>,
	recordType: ImportRecordType,
): (row: SourceRow) => InterpretedRow {
	const tables = new Map<string, Interpret>();
	let columns: readonly string[] | null = null;
	let list: string | null = null;
	let interpret: Interpret = () => {
		throw new Error('there is no table yet');
	};

	function tableOf(row: SourceRow): Interpret {
		const name = JSON.stringify([row.list, row.isText, row.columns]);
		const known = tables.get(name);
		if (known) return known;
		if (tables.size >= MAX_TABLES) tables.clear();
		const compiled = compileTable(plan, recordType, row);
		tables.set(name, compiled);
		return compiled;
	}

	return (row) => {
		if (row.columns !== columns || row.list !== list) {
			interpret = tableOf(row);
			columns = row.columns;
			list = row.list;
		}
		return interpret(row);
	};
}

function compileTable(
	plan: Omit<ImportPlan, 'dialect'>,
	recordType: ImportRecordType,
	{ list, columns, isText }: SourceRow,
): Interpret {
	const listPlan =
		plan.lists.find((planned) => planned.list === list) ?? newList(plan, recordType, list, columns);
	if (!listPlan) {
		const { message, hint } = new UnknownRecordsError(columns);
		return (row) => ({ ok: false, error: rowError(row, `${message}. ${hint}`) });
	}
	if (listPlan.format) return formatInterpreter(listPlan.format);
	const names = new Set(columns);
	const known = listPlan.columns.filter(
		({ column }) => placePath(column, (name) => names.has(name)) !== null,
	);
	const mappings = recogniseColumns(listPlan.kind, { columns }, known, plan.others);
	if (listPlan.kind === 'statuses' && !isText && isOwnMessage(mappings, columns)) {
		return (row) => ({
			ok: true,
			records: { row: row.row, list: row.list, kind: 'statuses', statuses: [{ value: objectOf(row) }] },
		});
	}
	const compiled = compileColumns(columns, mappings, { isText, timeZone: plan.timeZone });
	return interpretWith(plan, { ...listPlan, columns: mappings }, compiled);
}

function newList(
	plan: Omit<ImportPlan, 'dialect'>,
	recordType: ImportRecordType,
	list: string | null,
	columns: readonly string[],
): ListPlan | null {
	const kind = kindOf(list, { columns }, recordType, { columns: [] });
	if (kind === null) return null;
	const recognised = recogniseColumns(kind, { columns }, [], plan.others);
	const profiled = recognised.map((mapping) => ({ mapping, profile: undefined, isText: true }));
	return { list, kind, shape: shapeOf(list, columns), columns: decideFormats(list, profiled, {}).columns };
}

/** Fields as the feeds name them. */
const FEED_NAMES = new Set([
	...['vehicle', 'vehicleKey', 'vin', 'plate', 'externalId', 'reportedAt', 'timestamp', 'time', 'messageId'],
	...['sequence', 'position', 'latitude', 'longitude', 'heading', 'attributes'],
]);

/** An object with no other names, and values as they are to be, is a status message as it stands. */
function isOwnMessage(mappings: readonly ColumnMapping[], columns: readonly string[]): boolean {
	const mapped = new Set(mappings.map(({ column }) => column));
	return (
		columns.every((column) => mapped.has(column)) &&
		mappings.every(({ column, record, field, unit, type, dateOrder, decimalMark }) => {
			if (record !== 'status' || unit || type || decimalMark) return false;
			if (FEED_NAMES.has(column)) return dateOrder === undefined || dateOrder === 'yearFirst';
			return field === `attributes.${column}` && dateOrder === undefined;
		})
	);
}

interface WrongCell {
	readonly column: string;
	readonly cell: unknown;
	readonly message: string;
}

function interpretWith(
	{ matchBy }: Omit<ImportPlan, 'dialect'>,
	listPlan: ListPlan,
	columns: readonly CompiledColumn[],
): Interpret {
	const { kind } = listPlan;
	const count = columns.length;
	return (row) => {
		const parts = noParts();
		const { cells } = row;
		let wrong: WrongCell[] | null = null;
		for (let index = 0; index < count; index++) {
			const column = columns[index] as CompiledColumn;
			let cell = cells[column.at];
			if (column.inside !== null) cell = column.inside(cell);
			if (cell === '' || isEmptyCell(cell)) continue;
			try {
				column.put(parts, cell);
			} catch (error) {
				(wrong ??= []).push({ column: column.mapping.column, cell, message: messageOf(error) });
			}
		}
		if (wrong !== null) return { ok: false, error: wrongCells(row, wrong) };
		try {
			return { ok: true, records: assembleRecords(row, kind, parts, matchBy) };
		} catch (error) {
			const column =
				error instanceof MissingFieldError
					? (columnOf(listPlan, error.record, error.field) ?? error.fallback)
					: null;
			return { ok: false, error: rowError(row, messageOf(error), column) };
		}
	};
}

function messageOf(error: unknown): string {
	if (error instanceof CellError) return error.message;
	if (error instanceof FleetError) return `${error.message}. ${error.hint}`;
	throw error;
}

/** The error is the first cell's; the others are named, so that a row is mended in one go. */
function wrongCells(row: SourceRow, [first, ...others]: readonly WrongCell[]) {
	const more = others.map(({ column }) => `'${column}'`).join(', ');
	const message =
		more === ''
			? first?.message
			: `${first?.message}${first?.message.endsWith('.') ? '' : '.'} Also wrong: ${more}`;
	return rowError(row, message ?? '', first?.column ?? null, first?.cell);
}
