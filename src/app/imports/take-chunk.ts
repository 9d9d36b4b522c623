import type { ImportOptions, ImportRowError } from '../../domain/import';
import { type ImportChange, rangesOf, type RecordChanges } from '../../domain/import-change';
import { columnOf } from '../../domain/mapping/column-of';
import type { ImportPlan } from '../../domain/mapping/import-plan';
import type { FeedProcessor, BatchResult } from '../feed/process-batch';
import { NOTHING } from '../feed/process-batch';
import { appendEvent } from '../records/append-event';
import type { StoreSession } from '../ports/store';
import type { BulkRecords, ImportMark } from '../ports/store-imports';
import { writeModes, type WriteModes } from './change-fields';
import { type DecidedRow, decideRow, type Deciding } from './decide-row';
import { insertNewVehicles, type VehicleNovelty } from './insert-new-vehicles';
import { KnownRecords } from './known-records';
import { type PreparedRow, prepareRow } from './prepare-row';
import type { FileRow } from './read-records';
import { RefusedRow } from './refuse-row';

export interface ChunkRules {
	readonly importId: number;
	readonly options: Pick<ImportOptions, 'mode'>;
	readonly plan: ImportPlan | null;
	readonly feed: FeedProcessor;
	readonly feedName: string;
	/** Of the run so far. */
	readonly novelty: VehicleNovelty;
}

export type RowOutcome =
	| { readonly outcome: 'created' | 'updated' | 'unchanged'; readonly decided: DecidedRow }
	| { readonly outcome: 'refused'; readonly error: ImportRowError };

export interface TakenChunk {
	/** In the order of the rows. */
	readonly outcomes: readonly RowOutcome[];
	readonly change: ImportChange;
	/** What the rules made of the status messages. */
	readonly reports: BatchResult;
}

/**
 * Takes the rows into the store, within the caller's transaction: each as if the ones above it were in the store
 * already, all of them in few statements. A row that is refused leaves nothing behind.
 */
export async function takeChunk(
	session: StoreSession,
	rules: ChunkRules,
	rows: readonly FileRow[],
	at: number,
): Promise<TakenChunk> {
	const columnFor: Deciding['columnOf'] = (list, record, field) => {
		const found = rules.plan?.lists.find((one) => one.list === list);
		return found ? columnOf(found, record, field) : null;
	};
	const prepared = rows.map((row) => {
		if (!row.ok) return row;
		const { list } = row.records;
		return prepareRow(row.records, at, (field) => columnFor(list, 'status', field));
	});
	const good = prepared.flatMap((row) => (row.ok ? [row.row] : []));
	const { importId, options, plan, novelty } = rules;
	const how = { importId, mode: options.mode, at, columnOf: columnFor, modes: memoized(plan) };
	const inserted = await insertNewVehicles(session, how, good, novelty);
	const rest = good.filter((row) => !inserted.has(row));
	const known = await KnownRecords.load(session, rest);
	const deciding: Deciding = { ...how, known, nextId: await reserveIds(session, known, rest) };
	const decided = prepared.map((row) => {
		if (!row.ok) return row.error;
		try {
			return inserted.get(row.row) ?? decideRow(deciding, row.row);
		} catch (error) {
			if (error instanceof RefusedRow) return error.error;
			throw error;
		}
	});
	const taken = decided.filter((one): one is DecidedRow => 'messages' in one);
	const changes = await writeRecords(session, importId, taken, new Set(inserted.values()), at);
	const reports = await writeReports(session, rules, known, taken);
	const outcomes = decided.map((one): RowOutcome => {
		if (!('messages' in one)) return { outcome: 'refused', error: one };
		return { outcome: outcomeOf(one, reports.fresh), decided: one };
	});
	return { outcomes, change: { at, ...changes, ...reports.change }, reports: reports.result };
}

/** At most one new record of each kind a row: a few ids are left over where rows name records that are there. */
async function reserveIds(
	{ bulk }: StoreSession,
	known: KnownRecords,
	rows: readonly PreparedRow[],
): Promise<Deciding['nextId']> {
	const count = (has: (row: PreparedRow) => boolean) => rows.filter(has).length;
	const isNew = ({ records: { vehicle } }: PreparedRow) =>
		vehicle !== undefined && !known.vehicle(vehicle.key, vehicle.fields[vehicle.key] ?? '');
	const ids = {
		customer: await bulk.customers.reserveIds(count(({ records }) => records.customer !== undefined)),
		vehicle: await bulk.vehicles.reserveIds(count(isNew)),
		task: await bulk.tasks.reserveIds(count(({ records }) => records.task !== undefined)),
	};
	const used = { customer: 0, vehicle: 0, task: 0 };
	return (record) => {
		const id = ids[record][used[record]++];
		if (id === undefined) throw new Error(`There are too few ids for ${record} records`);
		return id;
	};
}

/** A record that several rows are about is written as the last of them leaves it. `inserted`: rows that are written. */
async function writeRecords(
	session: StoreSession,
	importId: number,
	rows: readonly DecidedRow[],
	inserted: ReadonlySet<DecidedRow>,
	at: number,
): Promise<Pick<ImportChange, 'customers' | 'vehicles' | 'tasks'>> {
	const { bulk } = session;
	const open = inserted.size === 0 ? rows : rows.filter((row) => !inserted.has(row));
	const customers = lastStates(open.flatMap(({ customer }) => customer ?? []));
	const vehicles = lastStates(open.flatMap(({ vehicle }) => vehicle ?? []));
	const tasks = open.flatMap(({ task }) => task ?? []);
	await write(bulk.customers, customers, importId, ['externalId']);
	await write(bulk.vehicles, vehicles, importId, ['vin', 'plate', 'externalId']);
	const moved = vehicles.filter(({ after, before }) =>
		before === null ? after.customerId !== null : 'customerId' in before,
	);
	await bulk.attach(
		moved.map(({ after: { id, customerId } }) => ({ vehicleId: id, customerId })),
		at,
	);
	await bulk.tasks.insert(tasks);
	for (const { importId: _, importRow: __, ...task } of tasks)
		await appendEvent(session, 'taskCreated', task, at);
	return {
		customers: changesOf(customers),
		vehicles: changesOf([...vehicles, ...[...inserted].flatMap(({ vehicle }) => vehicle ?? [])]),
		tasks: { created: rangesOf(tasks.map(({ id }) => id)) },
	};
}

/** Keys that a record gives up may be those of a new one, and never the other way about. */
async function write<R extends { readonly id: number }, K extends keyof R & string>(
	records: BulkRecords<R, K>,
	states: readonly State<R & ImportMark>[],
	importId: number,
	keys: readonly (keyof R)[],
): Promise<void> {
	type Kind = 'new' | 'keys' | 'fields' | 'mark';
	const byKind: Record<Kind, (R & ImportMark)[]> = { new: [], keys: [], fields: [], mark: [] };
	for (const { after, before } of states) {
		if (before === null) byKind.new.push(after);
		else if (keys.some((key) => key in before)) byKind.keys.push(after);
		else if (Object.keys(before).length > 0) byKind.fields.push(after);
		else if (after.importId === importId) byKind.mark.push(after);
	}
	await records.update(byKind.keys, 'all');
	await records.insert(byKind.new);
	await records.update(byKind.fields, 'all but keys');
	await records.mark(byKind.mark);
}

interface State<R> {
	readonly after: R;
	readonly before: Partial<R> | null;
}

/** In the order in which the records were first touched. Of fields that several rows change, the oldest values are the ones before. */
function lastStates<R extends { readonly id: number }>(states: readonly State<R>[]): State<R>[] {
	const byId = new Map<number, State<R>>();
	for (const state of states) {
		const earlier = byId.get(state.after.id);
		if (!earlier) byId.set(state.after.id, state);
		else {
			const before = earlier.before === null ? null : { ...state.before, ...earlier.before };
			byId.set(state.after.id, { after: state.after, before });
		}
	}
	return [...byId.values()];
}

function changesOf<R extends { readonly id: number }>(states: readonly State<R>[]): RecordChanges<R> {
	const created: number[] = [];
	const updated: [number, Partial<R>][] = [];
	for (const { after, before } of states) {
		if (before === null) created.push(after.id);
		else if (Object.keys(before).length > 0) updated.push([after.id, before]);
	}
	return { created: rangesOf(created.sort((a, b) => a - b)), updated };
}

interface TakenReports {
	readonly change: Pick<ImportChange, 'reports' | 'statuses'>;
	readonly result: BatchResult;
	/** Ids of the messages that had not been taken before. */
	readonly fresh: Set<string>;
}

async function writeReports(
	session: StoreSession,
	{ feed, feedName }: ChunkRules,
	known: KnownRecords,
	rows: readonly DecidedRow[],
): Promise<TakenReports> {
	const messages = rows.flatMap((row) => row.messages);
	if (messages.length === 0) {
		return { change: { reports: [], statuses: [] }, result: NOTHING, fresh: new Set() };
	}
	const fresh = new Set(messages.map(({ message }) => message.messageId));
	for (const id of await session.inbox.known(feedName, [...fresh])) fresh.delete(id);
	const reports = messages.flatMap(({ message: { vehicleKey, messageId, reportedAt } }) => {
		const vehicle = known.vehicleNamed(vehicleKey);
		return vehicle && fresh.has(messageId) ? [[vehicle.id, messageId, reportedAt] as const] : [];
	});
	const current = await session.statuses.current([...new Set(reports.map(([vehicleId]) => vehicleId))]);
	const result = await feed.processIn(session, messages);
	for (const { messageId } of result.rejected) fresh.delete(messageId);
	return { change: { reports, statuses: [...current.values()] }, result, fresh };
}

function outcomeOf(
	{ row, customer, vehicle, task, messages }: DecidedRow,
	fresh: Set<string>,
): 'created' | 'updated' | 'unchanged' {
	if (row.kind === 'tasks') return task ? 'created' : 'unchanged';
	if (row.kind === 'statuses') {
		// Of rows that say the same, the first is the one that counts.
		const isNew = messages.filter(({ message }) => fresh.delete(message.messageId)).length > 0;
		return isNew ? 'created' : 'unchanged';
	}
	const main = row.kind === 'customers' ? customer : vehicle;
	if (main?.before === null) return 'created';
	return main && Object.keys(main.before).length > 0 ? 'updated' : 'unchanged';
}

/** Worked out once for each kind of record of each list, not for each row. */
function memoized(plan: ImportPlan | null): Deciding['modes'] {
	const known = new Map<string, WriteModes>();
	return (list, record) => {
		const key = `${record} ${list ?? ''}`;
		let modes = known.get(key);
		if (!modes) known.set(key, (modes = writeModes(plan, list, record)));
		return modes;
	};
}
