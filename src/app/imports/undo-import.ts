import type { Customer } from '../../domain/customer';
import type { Import } from '../../domain/import';
import { idsOf, type ImportChange, type KeptRecord, type RecordChanges } from '../../domain/import-change';
import { type Vehicle, vehicleLabel } from '../../domain/vehicle';
import type { Fleet } from '../fleet';
import type { StoreSession } from '../ports/store';
import type { BulkRecords, ImportMark } from '../ports/store-imports';
import { appendEvent } from '../records/append-event';
import { IMPORT_FEED } from './run-import';

const LEASE_MS = 60_000;

/**
 * Takes an import back, chunk by chunk from its last: what it created goes, what it updated becomes what it was. A
 * record that something newer has changed since, or that something refers to, is left as it is and listed, and so are
 * the firings of rules and what they did. The import with `id`, else the oldest that waits for it; null when there is
 * none. Each chunk goes in one transaction, so that a run after a crash goes on behind the last one.
 */
export async function undoImport(
	{ fleet, newToken, leaseMs = LEASE_MS }: { fleet: Fleet; newToken: () => string; leaseMs?: number },
	which: { id?: number } = {},
): Promise<Import | null> {
	const token = newToken();
	const lease = () => ({ token, now: fleet.clock(), leaseMs });
	const entry = await fleet.store.write(
		async ({ imports }) => await imports.claim(lease(), 'undo', which.id),
	);
	if (!entry) return null;
	for (;;) {
		const ended = await fleet.store.write(async (session) => {
			const last = await session.imports.lastChange(entry.id);
			const at = fleet.clock();
			if (last === null) {
				await session.bulk.vehicles.unmark(entry.id);
				await session.bulk.customers.unmark(entry.id);
				const undone = await session.imports.finish(entry.id, token, { state: 'undone', error: null, at });
				await appendEvent(session, 'importEnded', undone, at);
				return undone;
			}
			await session.imports.addKept(entry.id, await takeBack(session, last.change, at));
			await session.imports.removeChange(entry.id, last.rowsBefore);
			await session.imports.saveProgress(entry.id, lease(), {});
			return null;
		});
		if (ended) return ended;
	}
}

/** In the opposite order of the writing: first what refers to others. */
async function takeBack(session: StoreSession, change: ImportChange, at: number): Promise<KeptRecord[]> {
	const { bulk } = session;
	return [
		...(await takeBackReports(session, change)),
		...(await takeBackTasks(session, change, at)),
		...(await takeBackVehicles(session, change)),
		...(await takeBackRecords<Customer, 'externalId'>({
			...{ record: 'customer', records: bulk.customers, keys: ['externalId'] },
			label: ({ name }) => name,
			...{ changes: change.customers, changedAt: change.at },
			inUse: async (ids) => await bulk.customersInUse(ids),
			why: 'has vehicles or tasks since',
		})),
	];
}

/** The status that a vehicle had before comes back where the import's is still its newest. */
async function takeBackReports(session: StoreSession, change: ImportChange): Promise<KeptRecord[]> {
	if (change.reports.length === 0) return [];
	const ids = new Set(change.reports.map(([, messageId]) => messageId));
	const vehicleIds = [...new Set(change.reports.map(([vehicleId]) => vehicleId))];
	const current = await session.statuses.current(vehicleIds);
	const before = new Map(change.statuses.map((status) => [status.vehicleId, status]));
	// A report that came too late for the current status has not changed it.
	const isOurs = (vehicleId: number) => ids.has(current.get(vehicleId)?.messageId ?? '');
	const isAsBefore = (vehicleId: number) =>
		current.get(vehicleId)?.messageId === before.get(vehicleId)?.messageId;
	const kept = vehicleIds.filter((vehicleId) => !isOurs(vehicleId) && !isAsBefore(vehicleId));
	const left = new Set(kept);
	await session.bulk.forgetReports(
		IMPORT_FEED,
		change.reports.filter(([vehicleId]) => !left.has(vehicleId)),
	);
	const ours = vehicleIds.filter(isOurs);
	await session.bulk.forgetStatuses(ours.filter((vehicleId) => !before.has(vehicleId)));
	await session.statuses.saveCurrent(ours.flatMap((vehicleId) => before.get(vehicleId) ?? []));
	return await describe(session, kept, 'status', 'the vehicle has reported since');
}

async function takeBackTasks(session: StoreSession, change: ImportChange, at: number): Promise<KeptRecord[]> {
	const tasks = await session.bulk.tasks.byIds(idsOf(change.tasks.created));
	const untouched = tasks.filter(({ updatedAt }) => updatedAt === change.at);
	await session.bulk.tasks.remove(untouched.map(({ id }) => id));
	for (const { importId: _, importRow: __, ...task } of untouched) {
		await appendEvent(session, 'taskDeleted', task, at);
	}
	return tasks
		.filter(({ updatedAt }) => updatedAt !== change.at)
		.map(({ id, title }) => ({
			...{ record: 'task', recordId: id, label: title, reason: 'was changed since' },
		}));
}

async function takeBackVehicles(session: StoreSession, change: ImportChange): Promise<KeptRecord[]> {
	const { bulk } = session;
	return await takeBackRecords<Vehicle, 'vin' | 'plate' | 'externalId'>({
		...{ record: 'vehicle', records: bulk.vehicles, keys: ['vin', 'plate', 'externalId'] },
		label: vehicleLabel,
		...{ changes: change.vehicles, changedAt: change.at },
		inUse: async (ids) => await bulk.vehiclesInUse(ids),
		why: 'has reports, tasks or firings',
		restored: async (ids) => await bulk.detach(ids, change.at),
	});
}

interface Taking<R, K extends keyof R & string> {
	readonly record: 'vehicle' | 'customer';
	readonly records: Pick<BulkRecords<R, K>, 'byIds' | 'holders' | 'update' | 'remove'>;
	/** No two records have the same value in one of them. */
	readonly keys: readonly K[];
	label(record: R): string;
	readonly changes: RecordChanges<R>;
	/** When the import wrote them. */
	readonly changedAt: number;
	/** Those of the new records that others refer to. */
	inUse(ids: readonly number[]): Promise<ReadonlySet<number>>;
	readonly why: string;
	restored?(ids: readonly number[]): Promise<void>;
}

async function takeBackRecords<R extends Customer | Vehicle, K extends keyof R & string>(
	taking: Taking<R, K>,
): Promise<KeptRecord[]> {
	const { record, records, changes, changedAt, why } = taking;
	const isOurs = (one: R) => one.updatedAt === changedAt;
	const keep = (one: R, reason: string): KeptRecord => ({
		...{ record, recordId: one.id, label: taking.label(one), reason },
	});
	const created = await records.byIds(idsOf(changes.created));
	const used = await taking.inUse(created.map(({ id }) => id));
	const isFree = (one: R & ImportMark) => isOurs(one) && !used.has(one.id);
	await records.remove(created.filter(isFree).map(({ id }) => id));

	const before = new Map(changes.updated);
	const updated = await records.byIds([...before.keys()]);
	const restorable = await withFreeKeys(taking, updated.filter(isOurs), before);
	const restorableIds = new Set(restorable.map(({ id }) => id));
	// Backwards, as unique values were passed on forwards.
	const restored = restorable.toReversed().map((one) => ({ ...one, ...before.get(one.id) }));
	await records.update(restored, 'all');
	await taking.restored?.(restorable.map(({ id }) => id));
	return [
		...created.filter((one) => !isFree(one)).map((one) => keep(one, isOurs(one) ? why : 'was changed since')),
		...updated
			.filter(({ id }) => !restorableIds.has(id))
			.map((one) => keep(one, isOurs(one) ? `another ${record} has a key that it had` : 'was changed since')),
	];
}

/** Those that can have the keys back that they had. One that cannot keeps those that it has from others, in turn. */
async function withFreeKeys<R extends Customer | Vehicle, K extends keyof R & string>(
	{ records, keys }: Taking<R, K>,
	changed: readonly (R & ImportMark)[],
	before: ReadonlyMap<number, Partial<R>>,
): Promise<readonly (R & ImportMark)[]> {
	const wantedBack = (one: R, key: K): string | null => {
		const value = before.get(one.id)?.[key] ?? null;
		return value === null || value === one[key] ? null : String(value);
	};
	const wanted = (key: K) => changed.flatMap((one) => wantedBack(one, key) ?? []);
	const holders = await records.holders(
		Object.fromEntries(keys.map((key) => [key, wanted(key)])) as { [F in K]: string[] },
	);
	const heldBy = new Map(holders.flatMap((one) => keys.map((key) => [`${key} ${String(one[key])}`, one])));
	for (let free = changed; ;) {
		const leaving = new Set(free.map(({ id }) => id));
		const isFree = (one: R, key: K) => {
			const value = wantedBack(one, key);
			const holder = value === null ? undefined : heldBy.get(`${key} ${value}`);
			return !holder || (leaving.has(holder.id) && key in (before.get(holder.id) ?? {}));
		};
		const still = free.filter((one) => keys.every((key) => isFree(one, key)));
		if (still.length === free.length) return free;
		free = still;
	}
}

async function describe(
	{ vehicles }: StoreSession,
	ids: readonly number[],
	record: KeptRecord['record'],
	reason: string,
): Promise<KeptRecord[]> {
	const found = await vehicles.getMany(ids);
	return [...found.values()].map((vehicle) => ({
		...{ record, recordId: vehicle.id, label: vehicleLabel(vehicle), reason },
	}));
}
