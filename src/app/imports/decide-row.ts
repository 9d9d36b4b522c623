import type { ImportMode } from '../../domain/import';
import type { MappedRecord } from '../../domain/mapping/import-mapping';
import type { RecordLink, RowRecords } from '../../domain/mapping/row-records';
import { rowError } from '../../domain/mapping/source-row';
import type { Task } from '../../domain/task';
import type { TakenMessage } from '../../domain/parse-status-message';
import { DuplicateRecordError } from '../errors';
import type { ImportMark } from '../ports/store-imports';
import { changeFields, type WriteModes } from './change-fields';
import type { KnownCustomer, KnownRecords, KnownVehicle } from './known-records';
import type { PreparedRow } from './prepare-row';
import { refuseAgain, refuseByMode, refused, RefusedRow, unknownLink } from './refuse-row';

/** A record as a row leaves it. */
export interface Decided<R> {
	readonly after: R;
	/** The fields that change, as they were; null for a new record. Empty when all was so already. */
	readonly before: Partial<R> | null;
}

/** All that a row brings about. */
export interface DecidedRow {
	readonly row: RowRecords;
	readonly customer: Decided<KnownCustomer> | null;
	readonly vehicle: Decided<KnownVehicle> | null;
	readonly task: (Task & ImportMark) | null;
	readonly messages: readonly TakenMessage[];
}

export interface Deciding {
	readonly importId: number;
	readonly mode: ImportMode;
	readonly at: number;
	readonly known: KnownRecords;
	/** The next of the ids that were reserved. */
	nextId(record: 'customer' | 'vehicle' | 'task'): number;
	modes(list: string | null, record: MappedRecord): WriteModes;
	columnOf(list: string | null, record: MappedRecord, field: string): string | null;
}

const VEHICLE_KEYS = ['vin', 'plate', 'externalId'] as const;

/**
 * What a row makes of the records as the rows above have left them; `known` is ahead by this row afterwards. Throws
 * `RefusedRow`, having changed nothing.
 */
export function decideRow(deciding: Deciding, { records, messages }: PreparedRow): DecidedRow {
	const customer = records.customer ? decideCustomer(deciding, records) : null;
	const vehicle = records.vehicle ? decideVehicle(deciding, records, customer) : null;
	const task = records.task ? decideTask(deciding, records, customer, vehicle) : null;
	for (const { message } of messages) {
		const isOwn = vehicle !== null && VEHICLE_KEYS.some((key) => vehicle.after[key] === message.vehicleKey);
		if (!isOwn && deciding.known.vehicleNamed(message.vehicleKey) === null) {
			const column = deciding.columnOf(records.list, 'status', 'vehicle');
			throw unknownLink(records, 'vehicle', { key: message.vehicleKey, column: column ?? 'vehicle' });
		}
	}
	if (customer) deciding.known.takeCustomer(customer.replaced, customer.after);
	if (vehicle) deciding.known.takeVehicle(vehicle.replaced, vehicle.after);
	return { row: records, customer, vehicle, task, messages };
}

type Replacing<R> = Decided<R> & { readonly replaced: R | null };

function decideCustomer(deciding: Deciding, row: RowRecords): Replacing<KnownCustomer> {
	const fields = row.customer?.fields ?? {};
	const key = (['externalId', 'email', 'name'] as const).find((name) => fields[name]) ?? 'name';
	const value = fields[key] ?? '';
	const known = deciding.known.customer(key, value) ?? null;
	const isMain = row.kind === 'customers';
	if (known && isMain) refuseAgain(deciding, row, 'customer', key, value, known);
	refuseByMode(deciding, row, 'customer', key, value, known, isMain);
	const { importId, at } = deciding;
	const mark = isMain || !known ? { importId, importRow: row.row } : {};
	if (known) {
		if (!isMain && deciding.mode === 'create') return { after: known, before: {}, replaced: known };
		const changed = changeFields<KnownCustomer>(known, fields, deciding.modes(row.list, 'customer'));
		if (!changed) return { after: { ...known, ...mark }, before: {}, replaced: known };
		return updated(known, changed, { ...mark, updatedAt: at });
	}
	const { name, externalId = null, email = null, phone = null, attributes = {} } = fields;
	if (!name) {
		const message = 'There is no customer with this external id, and a new one needs a name';
		throw refused(deciding, row, 'customer', key, value, message);
	}
	const id = deciding.nextId('customer');
	const made = { id, name, externalId, email, phone, attributes, createdAt: at, updatedAt: at };
	return { after: { ...made, importId, importRow: row.row }, before: null, replaced: null };
}

function decideVehicle(
	deciding: Deciding,
	row: RowRecords,
	customer: Decided<KnownCustomer> | null,
): Replacing<KnownVehicle> {
	const part = row.vehicle;
	if (!part) throw new Error('The row has no vehicle');
	const { key, fields } = part;
	const value = fields[key] ?? '';
	const known = deciding.known.vehicle(key, value) ?? null;
	const isMain = row.kind === 'vehicles';
	if (known && isMain) refuseAgain(deciding, row, 'vehicle', key, value, known);
	refuseByMode(deciding, row, 'vehicle', key, value, known, isMain);
	for (const name of VEHICLE_KEYS) {
		const wanted = fields[name];
		const holder = wanted ? deciding.known.vehicle(name, wanted) : undefined;
		if (!wanted || !holder || holder.id === known?.id) continue;
		if (isMain) refuseAgain(deciding, row, 'vehicle', name, wanted, holder);
		const { message, hint } = new DuplicateRecordError('vehicle', name, wanted);
		throw refused(deciding, row, 'vehicle', name, wanted, `${message}. ${hint}`);
	}
	const customerId = customer?.after.id ?? linkedCustomer(deciding, row, part.customer);
	const { importId, at } = deciding;
	const mark = isMain || !known ? { importId, importRow: row.row } : {};
	if (known) {
		if (!isMain && deciding.mode === 'create') return { after: known, before: {}, replaced: known };
		const given = customerId === undefined ? fields : { ...fields, customerId };
		const modes = deciding.modes(row.list, 'vehicle');
		const changed = changeFields<KnownVehicle>(known, given, (field) =>
			modes(field === 'customerId' ? 'customer' : field),
		);
		if (!changed) return { after: { ...known, ...mark }, before: {}, replaced: known };
		return updated(known, changed, { ...mark, updatedAt: at });
	}
	const after: KnownVehicle = {
		id: deciding.nextId('vehicle'),
		vin: fields.vin ?? null,
		plate: fields.plate ?? null,
		externalId: fields.externalId ?? null,
		name: fields.name ?? null,
		make: fields.make ?? null,
		model: fields.model ?? null,
		year: fields.year ?? null,
		customerId: customerId ?? null,
		attributes: fields.attributes ?? {},
		createdAt: at,
		updatedAt: at,
		importId,
		importRow: row.row,
	};
	return { after, before: null, replaced: null };
}

/** What it takes to restore the record includes who had written it last. */
function updated<R extends KnownCustomer | KnownVehicle>(
	known: R,
	{ after, before }: { readonly after: R; readonly before: Partial<R> },
	stamps: Partial<R>,
): Replacing<R> {
	const { updatedAt, importId, importRow } = known;
	return {
		after: { ...after, ...stamps },
		before: { ...before, updatedAt, importId, importRow },
		replaced: known,
	};
}

function decideTask(
	deciding: Deciding,
	row: RowRecords,
	customer: Decided<KnownCustomer> | null,
	vehicle: Decided<KnownVehicle> | null,
): Task & ImportMark {
	const part = row.task;
	if (!part) throw new Error('The row has no task');
	const { importId, at, known } = deciding;
	if (deciding.mode === 'update') {
		const message = 'Tasks have no key to be found by: an import can create them, not update them';
		throw new RefusedRow(rowError(row, message));
	}
	const linked = part.vehicle ? known.vehicleNamed(part.vehicle.key) : null;
	if (part.vehicle && !linked) throw unknownLink(row, 'vehicle', part.vehicle);
	const { title, description = null, dueAt = null } = part.fields;
	const state = part.state ?? 'created';
	return {
		id: deciding.nextId('task'),
		title,
		description,
		state,
		vehicleId: linked?.id ?? vehicle?.after.id ?? null,
		customerId: customer?.after.id ?? linkedCustomer(deciding, row, part.customer) ?? null,
		dueAt,
		firingId: null,
		ruleIds: [],
		createdAt: at,
		updatedAt: at,
		closedAt: state === 'created' ? null : (part.closedAt ?? at),
		importId,
		importRow: row.row,
	};
}

/** Undefined where the row names none. */
function linkedCustomer({ known }: Deciding, row: RowRecords, link: RecordLink | null): number | undefined {
	if (!link) return undefined;
	const customer = known.customerNamed(link.key);
	if (!customer) throw unknownLink(row, 'customer', link);
	return customer.id;
}
