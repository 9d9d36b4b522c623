import { parseCustomerFields, type CustomerFields } from '../customer';
import { FleetError, InvalidFieldError } from '../errors';
import type { ImportRowError } from '../import';
import { parseTaskFields, type TaskFields } from '../task';
import { parseVehicleFields, type VehicleFields } from '../vehicle';
import { cellValue, isEmptyCell, numberOrCell } from './cell-value';
import type { ImportList } from './list-names';
import type { ColumnMatch } from './match-columns';
import { parseDay } from './parse-day';
import { rowError, type SourceRow } from './source-row';

/** Another record that a row names by its key, and the column it does so in. */
export interface RecordLink {
	readonly key: string;
	readonly column: string;
}

interface Placed {
	readonly row: number;
	readonly list: string | null;
}

export interface VehicleRow extends Placed {
	readonly kind: 'vehicles';
	/** What the row is matched by: the first of these that it has. */
	readonly key: 'vin' | 'externalId' | 'plate';
	readonly fields: Partial<VehicleFields>;
	readonly customer: RecordLink | null;
}

export interface CustomerRow extends Placed {
	readonly kind: 'customers';
	readonly fields: Partial<CustomerFields>;
}

export interface TaskRow extends Placed {
	readonly kind: 'tasks';
	readonly fields: Partial<TaskFields> & Pick<TaskFields, 'title'>;
	readonly vehicle: RecordLink | null;
	readonly customer: RecordLink | null;
}

export interface StatusRow extends Placed {
	readonly kind: 'statuses';
	/** A status message in the form of the feeds. */
	readonly value: Readonly<Record<string, unknown>>;
}

export type RecordRow = VehicleRow | CustomerRow | TaskRow | StatusRow;
export type InterpretedRow = RecordRow | { readonly kind: 'error'; readonly error: ImportRowError };

const NUMERIC = new Set(['year', 'sequence', 'latitude', 'longitude', 'heading']);

class CellError extends Error {
	constructor(
		message: string,
		readonly column: string,
		readonly value: unknown,
	) {
		super(message);
	}
}

interface Sorted {
	readonly fields: Record<string, unknown>;
	readonly attributes: Record<string, unknown>;
}

/** Cells that are empty are left out: they say nothing about what the record has. */
function sortCells(row: SourceRow, matches: readonly ColumnMatch[]): Sorted {
	const fields: [string, unknown][] = [];
	const attributes: [string, unknown][] = [];
	for (const [at, { kind, target, column, isDate }] of matches.entries()) {
		const cell = row.cells[at];
		if (kind === 'ignored' || isEmptyCell(cell)) continue;
		let value = cell;
		if (isDate && typeof cell === 'string') {
			const day = parseDay(cell);
			if (!day.ok) throw new CellError(day.reason, column, cell);
			value = day.iso;
		} else if (kind === 'attribute') {
			value = row.isText && typeof cell === 'string' ? cellValue(cell) : cell;
		} else if (NUMERIC.has(target)) {
			value = numberOrCell(cell);
		}
		(kind === 'field' ? fields : attributes).push([target, value]);
	}
	return { fields: Object.fromEntries(fields), attributes: Object.fromEntries(attributes) };
}

/** Attributes by name, over those that a nested `attributes` holds. Anything else there is for the check to refuse. */
function withNested({ fields, attributes }: Sorted): unknown {
	const nested = fields.attributes;
	if (nested === undefined) return attributes;
	return typeof nested === 'object' && nested !== null && !Array.isArray(nested)
		? { ...nested, ...attributes }
		: nested;
}

function linkTo(field: string, sorted: Sorted, matches: readonly ColumnMatch[]): RecordLink | null {
	const value = sorted.fields[field];
	delete sorted.fields[field];
	if (value === undefined) return null;
	const column = matches.find((match) => match.target === field)?.column ?? field;
	if (typeof value === 'string' || typeof value === 'number') return { key: String(value).trim(), column };
	throw new CellError(`${field} is no text`, column, value);
}

function interpretVehicle(row: SourceRow, matches: readonly ColumnMatch[]): VehicleRow {
	const sorted = sortCells(row, matches);
	const customer = linkTo('customer', sorted, matches);
	const fields = parseVehicleFields({ ...sorted.fields, attributes: withNested(sorted) });
	const key = (['vin', 'externalId', 'plate'] as const).find((name) => fields[name]);
	if (!key) {
		const column = matches.find(({ target }) => target === 'vin')?.column ?? 'VIN';
		throw new CellError('The VIN is missing: a vehicle needs a VIN, an external id or a plate', column, null);
	}
	return { kind: 'vehicles', row: row.row, list: row.list, key, fields, customer };
}

function interpretCustomer(row: SourceRow, matches: readonly ColumnMatch[]): CustomerRow {
	const sorted = sortCells(row, matches);
	const fields = parseCustomerFields({ ...sorted.fields, attributes: withNested(sorted) });
	if (!fields.name && !fields.externalId) {
		const column = matches.find(({ target }) => target === 'name')?.column ?? 'name';
		throw new CellError('The name is missing: a customer needs a name', column, null);
	}
	return { kind: 'customers', row: row.row, list: row.list, fields };
}

function interpretTask(row: SourceRow, matches: readonly ColumnMatch[]): TaskRow {
	const sorted = sortCells(row, matches);
	const vehicle = linkTo('vehicle', sorted, matches);
	const customer = linkTo('customer', sorted, matches);
	const fields = parseTaskFields(sorted.fields);
	const { title } = fields;
	if (!title) {
		const column = matches.find(({ target }) => target === 'title')?.column ?? 'title';
		throw new CellError('The title is missing: a task needs a title', column, null);
	}
	return { kind: 'tasks', row: row.row, list: row.list, fields: { ...fields, title }, vehicle, customer };
}

/** Fields as the feeds name them: an object that has no others is a status message as it stands. */
const FEED_NAMES = new Set([
	...['vehicle', 'vehicleKey', 'vin', 'plate', 'externalId', 'reportedAt', 'timestamp', 'time', 'messageId'],
	...['sequence', 'position', 'latitude', 'longitude', 'heading', 'attributes'],
]);

function interpretStatus(row: SourceRow, matches: readonly ColumnMatch[]): StatusRow {
	const place = { kind: 'statuses', row: row.row, list: row.list } as const;
	const isMessage = matches.every(({ kind, column }) => kind === 'attribute' || FEED_NAMES.has(column));
	if (!row.isText && isMessage) {
		const given = row.columns.map((column, at) => [column, row.cells[at]] as const);
		return { ...place, value: Object.fromEntries(given.filter(([, cell]) => cell !== undefined)) };
	}
	const sorted = sortCells(row, matches);
	return { ...place, value: { ...sorted.fields, attributes: withNested(sorted) } };
}

const INTERPRETERS = {
	vehicles: interpretVehicle,
	customers: interpretCustomer,
	tasks: interpretTask,
	statuses: interpretStatus,
} satisfies Record<ImportList, unknown>;

/** Makes a record of a row whose columns are matched, or tells which cell keeps it from being one. Never throws. */
export function interpretRow(
	kind: ImportList,
	row: SourceRow,
	matches: readonly ColumnMatch[],
): InterpretedRow {
	try {
		return INTERPRETERS[kind](row, matches);
	} catch (error) {
		return { kind: 'error', error: toRowError(row, matches, error) };
	}
}

function toRowError(row: SourceRow, matches: readonly ColumnMatch[], error: unknown): ImportRowError {
	if (error instanceof CellError) return rowError(row, error.message, error.column, error.value);
	if (!(error instanceof InvalidFieldError)) {
		if (error instanceof FleetError) return rowError(row, `${error.message}. ${error.hint}`);
		throw error;
	}
	return fieldError(row, matches, error.field, `${error.message}. ${error.hint}`);
}

/** An error of a record's field, at the column that filled it. */
export function fieldError(
	row: SourceRow,
	matches: readonly ColumnMatch[],
	field: string | null,
	message: string,
): ImportRowError {
	const names = field?.split('.') ?? [];
	const at = matches.findIndex(
		({ target, column: name }) => name === field || (names.includes(target) && target !== 'attributes'),
	);
	const column = matches[at]?.column ?? field;
	return rowError(row, message, column, at < 0 ? null : row.cells[at]);
}
