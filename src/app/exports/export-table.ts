import { setImmediate as giveWay } from 'node:timers/promises';
import type { Fleet } from '../fleet';
import type { StoreSession } from '../ports/store';
import type { ScannedReport } from '../ports/store-statuses';
import type { Table, TableRecord, TableValue } from '../ports/table-writer';
import { isoTime, positionFields, RECORD_LISTS, toTableRecords, type ExportList } from './export-lists';
import { loadKeys, vehicleKey } from './record-keys';

export const EXPORTED = [
	...(['customers', 'vehicles', 'tasks', 'statuses', 'statusHistory', 'firings'] as const),
	...(['logs', 'imports', 'geofences', 'rejectedMessages'] as const),
] as const;
export type ExportedList = (typeof EXPORTED)[number];

export interface ExportQuery {
	readonly list: ExportedList;
	/** A part of the record's names and keys, in any case; of statuses, their vehicles'. */
	readonly search?: string;
	/** By the list's own time: when it was made, reported, opened, received; both included. */
	readonly from?: number;
	readonly to?: number;
	/** Of `statusHistory`: default all vehicles. */
	readonly vehicleIds?: readonly number[];
	/** Ids and times of the store, too. An import would not take them for what they are. */
	readonly details?: boolean;
}

const PAGE = 1_000;
/** The ends of time in JavaScript. */
const EARLIEST = -8.64e15;
const LATEST = 8.64e15;

const STATUS_FIELDS = ['vehicle', 'reportedAt', 'sequence', 'messageId', 'latitude', 'longitude', 'heading'];

/**
 * A list of the store as a table, read page by page: a record that changes meanwhile stands in it as it is when its
 * page is read. References are keys that people know, and by which an import finds the records.
 */
export function exportTable(fleet: Fleet, query: ExportQuery): Table {
	switch (query.list) {
		case 'statuses':
			return table('statuses', STATUS_FIELDS, () => currentStatuses(fleet, query));
		case 'statusHistory':
			return table('statuses', STATUS_FIELDS, () => statusHistory(fleet, query));
		default: {
			const list = RECORD_LISTS[query.list] as unknown as ExportList<StoredRecord>;
			const columns = query.details ? { ...list.details, ...list.columns } : list.columns;
			return table(query.list, Object.keys(columns), () => recordPages(fleet, query, { ...list, columns }));
		}
	}
}

interface StoredRecord {
	readonly id: number;
}

function table(
	name: string,
	fields: readonly string[],
	pages: () => AsyncIterable<readonly TableRecord[]>,
): Table {
	return {
		name,
		fields,
		pages: () => givingWay(pages()),
		async attributeNames() {
			const names = new Set<string>();
			for await (const page of givingWay(pages())) {
				for (const { attributes } of page) for (const attribute in attributes) names.add(attribute);
			}
			return [...names].sort();
		},
	};
}

/** Lets the rest of the process work after each page. */
async function* givingWay<T>(pages: AsyncIterable<T>): AsyncGenerator<T> {
	for await (const page of pages) {
		yield page;
		await giveWay();
	}
}

function isInTime(at: number, { from = EARLIEST, to = LATEST }: ExportQuery): boolean {
	return at >= from && at <= to;
}

/** Goes on behind the last id, so that a page costs the same however far down the list it is. */
async function* byId<R extends StoredRecord>(
	fleet: Fleet,
	query: ExportQuery,
	reader: ExportList<R>['reader'],
	toRecords: (session: StoreSession, page: readonly R[]) => Promise<TableRecord[]>,
): AsyncGenerator<TableRecord[]> {
	let after = 0;
	for (;;) {
		const { lastId, records } = await fleet.store.read(async (session) => {
			const page = await reader(session).find({
				...(query.search === undefined ? {} : { search: query.search }),
				range: { field: 'id', from: after + 1 },
				orderBy: 'id',
				limit: PAGE,
			});
			return { lastId: page.at(-1)?.id, records: await toRecords(session, page) };
		});
		if (lastId === undefined) return;
		after = lastId;
		yield records;
	}
}

function recordPages(fleet: Fleet, query: ExportQuery, list: ExportList<StoredRecord>) {
	const inTime = (record: StoredRecord) => isInTime(Number(record[list.time as 'id']), query);
	return byId(fleet, query, list.reader, async (session, page) => {
		return await toTableRecords(session, list.columns, page.filter(inTime));
	});
}

function currentStatuses(fleet: Fleet, query: ExportQuery) {
	return byId(
		fleet,
		query,
		({ vehicles }) => vehicles,
		async (session, page) => {
			const statuses = await session.statuses.current(page.map(({ id }) => id));
			return page.flatMap((vehicle) => {
				const status = statuses.get(vehicle.id);
				return status && isInTime(status.reportedAt, query)
					? [statusRecord(status, vehicleKey(vehicle))]
					: [];
			});
		},
	);
}

async function* statusHistory(fleet: Fleet, query: ExportQuery): AsyncGenerator<TableRecord[]> {
	const { from = EARLIEST, to = LATEST, vehicleIds } = query;
	let after: ScannedReport | null = null;
	for (;;) {
		const scanned: { last: ScannedReport | undefined; records: TableRecord[] } = await fleet.store.read(
			async (session) => {
				const vehicles = vehicleIds ? { vehicleIds } : {};
				const page = await session.statuses.scan({ from, to, ...vehicles, after, limit: PAGE });
				const keys = await loadKeys(session, page);
				const records = page.map((report) => statusRecord(report, keys.vehicle(report.vehicleId)));
				return { last: page.at(-1), records };
			},
		);
		if (!scanned.last) return;
		after = scanned.last;
		yield scanned.records;
	}
}

type Reported = Omit<ScannedReport, 'id' | 'isLate' | 'vehicleId'>;

function statusRecord(status: Reported, vehicle: string | null): TableRecord {
	const { reportedAt, sequence, messageId, position, attributes } = status;
	const fields: Record<string, TableValue> = {
		...{ vehicle, reportedAt: isoTime(reportedAt), sequence, messageId },
		...positionFields(position),
	};
	return { fields, attributes };
}
