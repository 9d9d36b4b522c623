import type { Attributes } from '../../domain/attributes';
import type { Customer } from '../../domain/customer';
import type { Geofence } from '../../domain/geofence';
import type { Import } from '../../domain/import';
import type { LogEntry } from '../../domain/log';
import type { Firing } from '../../domain/rules/firing';
import type { Position } from '../../domain/status';
import type { Task } from '../../domain/task';
import type { Vehicle } from '../../domain/vehicle';
import type { StoreSession } from '../ports/store';
import type { RecordReader } from '../ports/store-records';
import type { RejectedMessage } from '../ports/store-statuses';
import type { TableRecord, TableValue } from '../ports/table-writer';
import { loadKeys, type RecordKeys } from './record-keys';

interface Exported {
	readonly id: number;
	readonly customerId?: number | null;
	readonly vehicleId?: number | null;
	readonly attributes?: Attributes;
}

type Columns<R> = Readonly<Record<string, (record: R, keys: RecordKeys) => TableValue>>;

/** A list whose records the store gives by their ids. */
export interface ExportList<R extends Exported> {
	readonly reader: (session: StoreSession) => RecordReader<R>;
	/** What an import takes, under the names by which it does. */
	readonly columns: Columns<R>;
	/** What only the store can give. */
	readonly details: Columns<R>;
	/** The time by which the list is cut. */
	readonly time: keyof R & string;
}

export const isoTime = (at: number | null): string | null =>
	at === null ? null : new Date(at).toISOString();

/** Where a report was made, field by field, as status messages have it. */
export const positionFields = (position: Position | null) => ({
	latitude: position?.latitude ?? null,
	longitude: position?.longitude ?? null,
	heading: position?.heading ?? null,
});

const stamps = {
	id: (record: { readonly id: number }) => record.id,
	createdAt: (record: { readonly createdAt: number }) => isoTime(record.createdAt),
	updatedAt: (record: { readonly updatedAt: number }) => isoTime(record.updatedAt),
};

/** The fields as they are. */
function same<K extends string>(...names: K[]) {
	const entries = names.map((name) => [name, (record: Readonly<Record<K, TableValue>>) => record[name]]);
	return Object.fromEntries(entries) as Record<K, (record: Readonly<Record<K, TableValue>>) => TableValue>;
}

/** Points in time. */
function times<K extends string>(...names: K[]) {
	const entries = names.map((name) => [
		name,
		(record: Readonly<Record<K, number | null>>) => isoTime(record[name]),
	]);
	return Object.fromEntries(entries) as Record<
		K,
		(record: Readonly<Record<K, number | null>>) => string | null
	>;
}

const customers: ExportList<Customer> = {
	reader: (session) => session.customers,
	columns: same('externalId', 'name', 'email', 'phone'),
	details: stamps,
	time: 'createdAt',
};

const vehicles: ExportList<Vehicle> = {
	reader: (session) => session.vehicles,
	columns: {
		...same('vin', 'plate', 'externalId', 'name', 'make', 'model', 'year'),
		customer: ({ customerId }, keys) => keys.customer(customerId),
	},
	details: stamps,
	time: 'createdAt',
};

const tasks: ExportList<Task> = {
	reader: (session) => session.tasks,
	columns: {
		...same('title', 'description', 'state'),
		...times('dueAt', 'closedAt'),
		vehicle: ({ vehicleId }, keys) => keys.vehicle(vehicleId),
		customer: ({ customerId }, keys) => keys.customer(customerId),
	},
	details: { ...stamps, ...same('firingId', 'ruleIds') },
	time: 'createdAt',
};

const firings: ExportList<Firing> = {
	reader: (session) => session.firings,
	columns: {
		id: ({ id }) => id,
		rule: ({ ruleName }) => ruleName,
		vehicle: ({ vehicleId }, keys) => keys.vehicle(vehicleId),
		...same('severity'),
		...times('openedAt', 'clearedAt', 'acknowledgedAt'),
		...same('evidence', 'isShadow'),
	},
	details: same('ruleId', 'ruleVersion', 'vehicleId', 'taskId', 'messageId'),
	time: 'openedAt',
};

const logs: ExportList<LogEntry> = {
	reader: (session) => session.logs,
	columns: {
		...times('at'),
		...same('level', 'message'),
		vehicle: ({ vehicleId }, keys) => keys.vehicle(vehicleId),
	},
	details: same('id', 'vehicleId', 'firingId'),
	time: 'at',
};

const imports: ExportList<Import> = {
	reader: (session) => session.imports,
	columns: {
		...same('id', 'fileName', 'recordType', 'state', 'uploadedBy', 'origin', 'sizeBytes', 'sha256'),
		...same('rowsDone', 'rowsCreated', 'rowsUpdated', 'rowsUnchanged', 'rowsFailed', 'error'),
		...times('createdAt', 'startedAt', 'endedAt'),
	},
	details: same('blobKey', 'etag', 'idempotencyKey', 'options', 'undoLeft'),
	time: 'createdAt',
};

const geofences: ExportList<Geofence> = {
	reader: (session) => session.geofences,
	columns: same('name', 'tags', 'shape', 'hysteresisMeters'),
	details: stamps,
	time: 'createdAt',
};

const rejectedMessages: ExportList<RejectedMessage> = {
	reader: (session) => session.quarantine,
	columns: {
		...same('feed', 'messageId', 'reason', 'field', 'payload'),
		...times('receivedAt', 'lastTriedAt'),
		...same('tries'),
	},
	details: same('id', 'topic', 'transportId', 'format'),
	time: 'receivedAt',
};

export const RECORD_LISTS = {
	customers,
	vehicles,
	tasks,
	firings,
	logs,
	imports,
	geofences,
	rejectedMessages,
} as const;

/** A page of a list as records of a file. */
export async function toTableRecords<R extends Exported>(
	session: StoreSession,
	columns: Columns<R>,
	page: readonly R[],
): Promise<TableRecord[]> {
	const keys = await loadKeys(session, page);
	return page.map((record) => ({
		fields: Object.fromEntries(Object.entries(columns).map(([name, of]) => [name, of(record, keys)])),
		...(record.attributes ? { attributes: record.attributes } : {}),
	}));
}
