import type { ImportRowError } from '../../domain/import';
import {
	fieldError,
	type CustomerRow,
	type RecordRow,
	type VehicleRow,
} from '../../domain/mapping/interpret-row';
import type { ImportList } from '../../domain/mapping/list-names';
import type { Vehicle } from '../../domain/vehicle';
import { vehicleKeyCandidates } from '../../domain/vehicle-key';
import { DuplicateRecordError } from '../errors';
import type { StoreSession } from '../ports/store';
import { findCustomers, findVehicles, unknownLink } from './find-links';
import type { FileRow } from './read-records';
import { checkStatuses } from './take-statuses';
import { findCustomerOf, namelessCustomer } from './take-records';

export interface PreviewRow {
	readonly row: number;
	readonly list: string | null;
	readonly kind: ImportList;
	readonly outcome: 'create' | 'update';
	/** The record as it would be given to the store. */
	readonly record: Readonly<Record<string, unknown>>;
}

export type ExpectedRow = PreviewRow | { readonly outcome: 'fail'; readonly error: ImportRowError };
type GoodRow = Extract<FileRow, { ok: true }>;

/** What the file itself brings, for the rows below that refer to it. */
export interface SeenSoFar {
	readonly customers: Set<string>;
	readonly vehicles: Set<string>;
}

export const seenSoFar = (): SeenSoFar => ({ customers: new Set(), vehicles: new Set() });

const UNIQUE = ['vin', 'plate', 'externalId'] as const;

interface Known {
	readonly customers: ReadonlyMap<string, number>;
	readonly vehicles: ReadonlyMap<string, number>;
	readonly byKey: ReadonlyMap<string, Vehicle>;
	readonly statusErrors: ReadonlyMap<number, ImportRowError>;
}

/** All that the rows of a chunk need to know, in few statements. */
async function lookUp(
	session: StoreSession,
	rows: readonly GoodRow[],
	seen: SeenSoFar,
	now: number,
): Promise<Known> {
	const records = rows.map(({ record }) => record);
	const links = (name: 'customer' | 'vehicle') =>
		records.flatMap((record) =>
			name in record ? ((record as VehicleRow)[name as 'customer']?.key ?? []) : [],
		);
	const keys = records.flatMap((record) =>
		record.kind === 'vehicles' ? UNIQUE.flatMap((name) => record.fields[name] ?? []) : [],
	);
	const statuses = rows.filter(({ record }) => record.kind === 'statuses');
	const isKnown = (key: string) => vehicleKeyCandidates(key).some((name) => seen.vehicles.has(name));
	const checked = await checkStatuses(session, statuses, now, isKnown);
	return {
		customers: await findCustomers(session, links('customer')),
		vehicles: await findVehicles(session, links('vehicle')),
		byKey: keys.length > 0 ? await session.vehicles.findByKeys([...new Set(keys)]) : new Map(),
		statusErrors: new Map(checked.errors.map((error) => [error.row, error])),
	};
}

function expectVehicle(row: GoodRow, record: VehicleRow, known: Known, seen: SeenSoFar): ExpectedRow {
	const { fields, key, customer } = record;
	if (customer && !known.customers.has(customer.key) && !seen.customers.has(customer.key)) {
		return { outcome: 'fail', error: unknownLink(record, 'customer', customer) };
	}
	const owner = (name: (typeof UNIQUE)[number]) => {
		const found = known.byKey.get(fields[name] ?? '');
		return found && found[name] === fields[name] ? found : undefined;
	};
	const target = owner(key);
	for (const name of UNIQUE) {
		const other = owner(name);
		const value = fields[name];
		if (!value) continue;
		if ((other && other !== target && other.id !== target?.id) || (!target && seen.vehicles.has(value))) {
			const { message, hint } = new DuplicateRecordError('vehicle', name, value);
			const error = fieldError(row.source, row.table.columns, name, `${message}. ${hint}`);
			return { outcome: 'fail', error };
		}
	}
	for (const name of UNIQUE) if (fields[name]) seen.vehicles.add(fields[name]);
	return shown(record, target ? 'update' : 'create', {
		...fields,
		...(customer && { customer: customer.key }),
	});
}

async function expectCustomer(
	session: StoreSession,
	record: CustomerRow,
	seen: SeenSoFar,
): Promise<ExpectedRow> {
	const { externalId, name } = record.fields;
	const known = await findCustomerOf(session, record);
	if (!known && !name) return { outcome: 'fail', error: namelessCustomer(record) };
	if (externalId) seen.customers.add(externalId);
	return shown(record, known ? 'update' : 'create', record.fields);
}

function shown(
	{ row, list, kind }: RecordRow,
	outcome: PreviewRow['outcome'],
	record: PreviewRow['record'],
): PreviewRow {
	return { row, list, kind, outcome, record };
}

/** What the import would make of each row, in their order. */
export async function expectChunk(
	session: StoreSession,
	rows: readonly FileRow[],
	seen: SeenSoFar,
	now: number,
): Promise<ExpectedRow[]> {
	const good = rows.filter((row): row is GoodRow => row.ok);
	const known = await lookUp(session, good, seen, now);
	const expected: ExpectedRow[] = [];
	for (const row of rows) {
		expected.push(
			row.ok ? await expectRow(session, row, known, seen) : { outcome: 'fail', error: row.error },
		);
	}
	return expected;
}

async function expectRow(
	session: StoreSession,
	row: GoodRow,
	known: Known,
	seen: SeenSoFar,
): Promise<ExpectedRow> {
	const { record } = row;
	if (record.kind === 'vehicles') return expectVehicle(row, record, known, seen);
	if (record.kind === 'customers') return await expectCustomer(session, record, seen);
	if (record.kind === 'statuses') {
		const error = known.statusErrors.get(record.row);
		return error ? { outcome: 'fail', error } : shown(record, 'create', record.value);
	}
	const { vehicle, customer, fields } = record;
	const hasVehicle = (key: string) => vehicleKeyCandidates(key).some((name) => seen.vehicles.has(name));
	if (vehicle && !known.vehicles.has(vehicle.key) && !hasVehicle(vehicle.key)) {
		return { outcome: 'fail', error: unknownLink(record, 'vehicle', vehicle) };
	}
	if (customer && !known.customers.has(customer.key) && !seen.customers.has(customer.key)) {
		return { outcome: 'fail', error: unknownLink(record, 'customer', customer) };
	}
	const links = { ...(vehicle && { vehicle: vehicle.key }), ...(customer && { customer: customer.key }) };
	return shown(record, 'create', { ...fields, ...links });
}
