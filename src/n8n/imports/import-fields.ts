import { MAPPED_RECORDS, type MappedRecord } from '../../domain/mapping/import-mapping';
import type { ImportRecordType } from '../../domain/import';

/** A field that a column can fill. */
export interface ImportField {
	/** `record.field`, e.g. `vehicle.vin`. */
	readonly id: string;
	readonly record: MappedRecord;
	/** As a mapping calls it. */
	readonly field: string;
	/** For people, e.g. `Vehicle: VIN`. */
	readonly label: string;
}

const LABELS: Readonly<Record<MappedRecord, Readonly<Record<string, string>>>> = {
	vehicle: {
		vin: 'VIN',
		plate: 'Plate',
		externalId: 'External ID',
		name: 'Name',
		make: 'Make',
		model: 'Model',
		year: 'Year',
		customer: 'Customer (ID or Name)',
	},
	customer: { name: 'Name', externalId: 'External ID', email: 'Email', phone: 'Phone' },
	status: {
		reportedAt: 'Reported At',
		latitude: 'Latitude',
		longitude: 'Longitude',
		heading: 'Heading',
		vehicle: 'Vehicle (VIN, Plate or ID)',
		messageId: 'Message ID',
		sequence: 'Sequence',
	},
	task: {
		title: 'Title',
		description: 'Description',
		state: 'State',
		dueAt: 'Due At',
		closedAt: 'Closed At',
		vehicle: 'Vehicle (VIN, Plate or ID)',
		customer: 'Customer (ID or Name)',
	},
};

export const RECORD_NAMES: Readonly<Record<MappedRecord, string>> = {
	vehicle: 'Vehicle',
	customer: 'Customer',
	status: 'Status',
	task: 'Task',
};

export const IMPORT_FIELDS: readonly ImportField[] = MAPPED_RECORDS.flatMap((record) =>
	Object.keys(LABELS[record]).map((field) => ({
		id: `${record}.${field}`,
		record,
		field,
		label: fieldLabel(record, field),
	})),
);

/** E.g. `Vehicle: VIN`, `Status: speed` for an attribute. */
export function fieldLabel(record: MappedRecord, field: string): string {
	return `${RECORD_NAMES[record]}: ${knownName(record, field) ?? attributeName(field)}`;
}

/** The same without the record, and without how a file may name another one. */
export function fieldName(record: MappedRecord, field: string): string {
	return knownName(record, field)?.replace(/ \(.*\)$/, '') ?? attributeName(field);
}

function knownName(record: MappedRecord, field: string): string | undefined {
	return Object.hasOwn(LABELS[record], field) ? LABELS[record][field] : undefined;
}

function attributeName(field: string): string {
	return field.replace(/^attributes\./, '');
}

/** The inverse of an id; null for what is none. An attribute's id is e.g. `vehicle.attributes.fuelType`. */
export function parseFieldId(id: string): Pick<ImportField, 'record' | 'field'> | null {
	const record = MAPPED_RECORDS.find((name) => id.startsWith(`${name}.`));
	return record ? { record, field: id.slice(record.length + 1) } : null;
}

const RECORDS_IN: Readonly<Record<ImportRecordType, readonly MappedRecord[]>> = {
	auto: MAPPED_RECORDS,
	vehicles: ['vehicle', 'customer', 'status'],
	customers: ['customer'],
	statuses: ['status', 'vehicle', 'customer'],
	tasks: ['task', 'vehicle', 'customer'],
};

/** What a row of a file of such records may fill, its main record first. */
export function fieldsFor(recordType: ImportRecordType): readonly ImportField[] {
	const order = RECORDS_IN[recordType];
	return order.flatMap((record) => IMPORT_FIELDS.filter((field) => field.record === record));
}
