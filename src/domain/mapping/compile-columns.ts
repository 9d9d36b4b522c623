import { parseAttributeName, parseAttributeValue } from '../attributes';
import { CUSTOMER_PARSERS } from '../customer';
import type { FieldParser } from '../fields';
import { pathReader } from '../message-formats/read-path';
import { TASK_PARSERS, type TaskState } from '../task';
import { VEHICLE_PARSERS } from '../vehicle';
import {
	attributeReader,
	CellError,
	instantReader,
	numberReader,
	textReader,
	type ReadContext,
} from './cell-readers';
import { isInstant, isNumeric } from './decide-formats';
import type { ColumnMapping } from './import-mapping';
import { placePath } from './place-path';
import type { RecordLink } from './row-records';

type Fields = Record<string, unknown>;

/** What the cells of one row have said so far, each part null until one of its cells does. */
export interface RowParts {
	vehicle: Fields | null;
	vehicleAttributes: Fields | null;
	customer: Fields | null;
	customerAttributes: Fields | null;
	task: Fields | null;
	status: Fields | null;
	statusAttributes: Fields | null;
	/** Of the vehicle to its customer. */
	vehicleCustomer: RecordLink | null;
	taskVehicle: RecordLink | null;
	taskCustomer: RecordLink | null;
}

export const noParts = (): RowParts => ({
	...{ vehicle: null, vehicleAttributes: null, customer: null, customerAttributes: null, task: null },
	...{ status: null, statusAttributes: null, vehicleCustomer: null, taskVehicle: null, taskCustomer: null },
});

/** Takes one cell of a row, which is not empty. Throws `CellError` or `InvalidFieldError`. */
export type PutCell = (parts: RowParts, cell: unknown) => void;

export interface CompiledColumn {
	readonly mapping: ColumnMapping;
	/** Which of the row's cells. */
	readonly at: number;
	/** Where in the cell, for a path into it. */
	readonly inside: ((cell: unknown) => unknown) | null;
	readonly put: PutCell;
}

/** The columns of a table that fill something, in the table's order; those that it does not have are left out. */
export function compileColumns(
	columns: readonly string[],
	mappings: readonly ColumnMapping[],
	context: ReadContext,
): CompiledColumn[] {
	const indexes = new Map(columns.map((column, index) => [column, index]));
	return mappings
		.flatMap((mapping): CompiledColumn[] => {
			const place = placePath(mapping.column, (name) => indexes.has(name));
			if (place === null) return [];
			const read = place.inside === null ? null : pathReader(place.inside);
			const inside = read && ((cell: unknown) => read(cell, cell));
			return [{ mapping, at: indexes.get(place.column) ?? 0, inside, put: compileColumn(mapping, context) }];
		})
		.sort((a, b) => a.at - b.at);
}

const PARSERS: Readonly<
	Record<'vehicle' | 'customer' | 'task', Readonly<Record<string, FieldParser<unknown>>>>
> = {
	vehicle: VEHICLE_PARSERS,
	customer: CUSTOMER_PARSERS,
	task: { ...TASK_PARSERS, state: parseState, closedAt: TASK_PARSERS.dueAt },
};

function compileColumn(mapping: ColumnMapping, context: ReadContext): PutCell {
	const { record, field, column } = mapping;
	if (field.startsWith('attributes.')) return compileAttribute(mapping, context);
	if (record === 'vehicle' && field === 'customer')
		return linkPutter('vehicleCustomer', field, column, context);
	if (record === 'task' && field === 'vehicle') return linkPutter('taskVehicle', field, column, context);
	if (record === 'task' && field === 'customer') return linkPutter('taskCustomer', field, column, context);
	const read = isInstant(mapping)
		? instantReader(mapping, context)
		: isNumeric(mapping)
			? numberReader(mapping, context)
			: textReader(context);
	if (record === 'status') {
		return (parts, cell) => {
			(parts.status ??= {})[field] = read(cell);
		};
	}
	const parse = Object.hasOwn(PARSERS[record], field) ? PARSERS[record][field] : undefined;
	if (parse === undefined) {
		return () => {
			throw new CellError(`A ${record} has no field '${field}': correct the mapping of this column`);
		};
	}
	return (parts, cell) => {
		(parts[record] ??= {})[field] = parse(read(cell), field);
	};
}

const ATTRIBUTES = { vehicle: 'vehicleAttributes', customer: 'customerAttributes' } as const;

function compileAttribute(mapping: ColumnMapping, context: ReadContext): PutCell {
	const { record } = mapping;
	const given = mapping.field.slice('attributes.'.length);
	if (record === 'task') {
		return () => {
			throw new CellError('A task has no attributes: leave this column out of the mapping');
		};
	}
	const read = attributeReader(mapping, context);
	if (record === 'status') {
		// The message's own check refuses every other wrong name; this one would not even get there.
		const name = given === '__proto__' ? '' : given;
		return (parts, cell) => {
			(parts.statusAttributes ??= {})[name] = read(cell);
		};
	}
	const slot = ATTRIBUTES[record];
	const field = `attributes.${given.trim()}`;
	let name: string | null = null;
	return (parts, cell) => {
		name ??= parseAttributeName(given);
		const value = parseAttributeValue(read(cell), field);
		if (value !== null) (parts[slot] ??= {})[name] = value;
	};
}

function linkPutter(
	slot: 'vehicleCustomer' | 'taskVehicle' | 'taskCustomer',
	field: string,
	column: string,
	context: ReadContext,
): PutCell {
	const read = textReader(context);
	return (parts, cell) => {
		const value = read(cell);
		if (typeof value !== 'string' && typeof value !== 'number') throw new CellError(`${field} is no text`);
		parts[slot] = { key: String(value).trim(), column };
	};
}

const STATES: Readonly<Record<string, TaskState>> = {
	...{ created: 'created', open: 'created', new: 'created', pending: 'created' },
	...{ complete: 'complete', completed: 'complete', done: 'complete', closed: 'complete' },
	...{ canceled: 'canceled', cancelled: 'canceled' },
};

function parseState(value: unknown): TaskState {
	const word = typeof value === 'string' ? value.trim().toLowerCase() : '';
	const state = Object.hasOwn(STATES, word) ? STATES[word] : undefined;
	if (state !== undefined) return state;
	throw new CellError(`${JSON.stringify(value)} is no state of a task: write created, complete or canceled`);
}
