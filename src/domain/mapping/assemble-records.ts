import { parseAttributes } from '../attributes';
import { isJsonObject } from '../parse-status-message-values';
import type { TaskState } from '../task';
import type { VehicleFields } from '../vehicle';
import { CellError } from './cell-readers';
import type { RowParts } from './compile-columns';
import type { MatchKey } from './import-mapping';
import type { ImportList } from './list-names';
import type { CustomerPart, RowRecords, StatusPart, TaskPart, VehiclePart } from './row-records';

/** A part that lacks what it cannot be without, at the column that should have it. */
export class MissingFieldError extends CellError {
	constructor(
		readonly record: 'vehicle' | 'customer' | 'task' | 'status',
		readonly field: string,
		/** The column's name where there is none that fills the field. */
		readonly fallback: string,
		message: string,
	) {
		super(message);
	}
}

const KEYS = ['vin', 'externalId', 'plate'] as const;
const CALLED = { vin: 'VIN', externalId: 'external id', plate: 'plate' } as const;

/** Puts together what the cells of a row say. Throws `MissingFieldError` or `InvalidFieldError`. */
export function assembleRecords(
	place: { readonly row: number; readonly list: string | null },
	kind: ImportList,
	parts: RowParts,
	matchBy: MatchKey,
): RowRecords {
	const records: { -readonly [K in keyof RowRecords]: RowRecords[K] } = {
		row: place.row,
		list: place.list,
		kind,
	};
	// A vehicle that has never reported: what its report would say is what is known of it.
	if (kind === 'vehicles' && parts.status === null && parts.statusAttributes !== null) {
		parts.vehicleAttributes = {
			...parseAttributes(Object.entries(parts.statusAttributes)),
			...parts.vehicleAttributes,
		};
		parts.statusAttributes = null;
	}
	const { vehicle, vehicleAttributes, customer, customerAttributes, task, status, statusAttributes } = parts;
	if (kind === 'customers' || customer || customerAttributes) {
		records.customer = customerPart(customer, customerAttributes);
	}
	if (kind === 'vehicles' || vehicle || vehicleAttributes || parts.vehicleCustomer) {
		records.vehicle = vehiclePart(vehicle, parts, matchBy);
	}
	if (kind === 'tasks' || task || parts.taskVehicle || parts.taskCustomer)
		records.task = taskPart(task, parts);
	if (kind === 'statuses' || status || statusAttributes) {
		records.statuses = [statusPart(status, statusAttributes, kind !== 'statuses')];
	}
	return records;
}

/** Attributes by name, over those that a nested `attributes` holds. */
function withAttributes(fields: Record<string, unknown>, attributes: Record<string, unknown> | null): void {
	if (attributes === null) return;
	fields.attributes = isJsonObject(fields.attributes) ? { ...fields.attributes, ...attributes } : attributes;
}

function customerPart(
	fields: Record<string, unknown> | null,
	attributes: Record<string, unknown> | null,
): CustomerPart {
	const all = fields ?? {};
	withAttributes(all, attributes);
	if (all.externalId || all.email || all.name) return { fields: all };
	throw new MissingFieldError('customer', 'name', 'name', 'The name is missing: a customer needs a name');
}

function vehiclePart(
	fields: Record<string, unknown> | null,
	{ vehicleAttributes, vehicleCustomer }: RowParts,
	matchBy: MatchKey,
): VehiclePart {
	const all = fields ?? {};
	withAttributes(all, vehicleAttributes);
	const vehicle = all as Partial<VehicleFields>;
	if (matchBy !== 'auto') {
		if (vehicle[matchBy]) return { key: matchBy, fields: vehicle, customer: vehicleCustomer };
		const message = `The ${CALLED[matchBy]} is missing: this import recognises vehicles by it`;
		throw new MissingFieldError('vehicle', matchBy, CALLED[matchBy], message);
	}
	const key = vehicle.vin ? 'vin' : KEYS.find((name) => vehicle[name]);
	if (key) return { key, fields: vehicle, customer: vehicleCustomer };
	const message = 'The VIN is missing: a vehicle needs a VIN, an external id or a plate';
	throw new MissingFieldError('vehicle', 'vin', 'VIN', message);
}

function taskPart(fields: Record<string, unknown> | null, { taskVehicle, taskCustomer }: RowParts): TaskPart {
	const { state, closedAt, title, ...others } = (fields ?? {}) as Partial<TaskPart['fields']> & {
		state?: TaskState;
		closedAt?: number | null;
	};
	if (!title)
		throw new MissingFieldError('task', 'title', 'title', 'The title is missing: a task needs a title');
	if (closedAt != null && (state === undefined || state === 'created')) {
		const message =
			'The task has a time at which it was closed, but is not closed: its state is to be complete or canceled';
		throw new MissingFieldError('task', 'state', 'state', message);
	}
	return {
		fields: { ...others, title },
		...(state === undefined ? {} : { state }),
		...(closedAt == null ? {} : { closedAt }),
		vehicle: taskVehicle,
		customer: taskCustomer,
	};
}

function statusPart(
	value: Record<string, unknown> | null,
	attributes: Record<string, unknown> | null,
	isBesides: boolean,
): StatusPart {
	const all = value ?? {};
	if (isBesides && all.reportedAt === undefined) {
		const message = 'The time of the report is missing: without it nobody knows when the vehicle was there';
		throw new MissingFieldError('status', 'reportedAt', 'reportedAt', message);
	}
	// Anything else under this name is for the message's own check to refuse.
	if (all.attributes === undefined) all.attributes = attributes ?? {};
	else withAttributes(all, isJsonObject(all.attributes) ? attributes : null);
	return { value: all };
}
