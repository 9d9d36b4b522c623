import type { StoreSession } from '../ports/store';
import { type DecidedRow, decideRow, type Deciding } from './decide-row';
import { KnownRecords } from './known-records';
import type { PreparedRow } from './prepare-row';

/** So many vehicles of a chunk that are there already make it likely that the next ones are, too. */
const KNOWN_SHARE = 0.1;

/** Whether an import's vehicles have turned out to be new so far. */
export interface VehicleNovelty {
	isLikely: boolean;
}

/**
 * Inserts vehicles without looking for them before, which takes a quarter of an import's time: of rows that are about
 * nothing but a vehicle, those whose keys no other row has and, as the insert finds, nobody in the store. The others
 * are left to be decided in their order. Nothing is done where a row is about something else, too: it could refer to
 * any vehicle.
 */
export async function insertNewVehicles(
	{ bulk }: StoreSession,
	deciding: Omit<Deciding, 'known' | 'nextId'>,
	rows: readonly PreparedRow[],
	novelty: VehicleNovelty,
): Promise<ReadonlyMap<PreparedRow, DecidedRow>> {
	const inserted = new Map<PreparedRow, DecidedRow>();
	if (!novelty.isLikely || deciding.mode === 'update' || !rows.every(isOnlyVehicle)) return inserted;
	const isShared = sharedKeys(rows);
	const own = rows.filter((row) => !isShared(row));
	const ids = (await bulk.vehicles.reserveIds(own.length)).values();
	const blank = { ...deciding, known: new KnownRecords(), nextId: () => ids.next().value ?? NaN };
	for (const row of own) inserted.set(row, decideRow(blank, row));
	const vehicles = [...inserted.values()].flatMap(({ vehicle }) => vehicle?.after ?? []);
	const refused = await bulk.vehicles.insertUnknown(vehicles);
	if (refused.size > vehicles.length * KNOWN_SHARE) novelty.isLikely = false;
	for (const [row, { vehicle }] of inserted) {
		if (vehicle && refused.has(vehicle.after.id)) inserted.delete(row);
	}
	return inserted;
}

function isOnlyVehicle({ records: { kind, vehicle, customer, task }, messages }: PreparedRow): boolean {
	const isAlone = !customer && !task && messages.length === 0;
	return kind === 'vehicles' && isAlone && vehicle?.customer === null;
}

const keysOf = ({ records: { vehicle } }: PreparedRow) => {
	const { vin, plate, externalId } = vehicle?.fields ?? {};
	return [vin && `vin ${vin}`, plate && `plate ${plate}`, externalId && `id ${externalId}`];
};

function sharedKeys(rows: readonly PreparedRow[]): (row: PreparedRow) => boolean {
	const seen = new Set<string>();
	const shared = new Set<string>();
	for (const key of rows.flatMap(keysOf)) {
		if (!key) continue;
		if (seen.has(key)) shared.add(key);
		else seen.add(key);
	}
	if (shared.size === 0) return () => false;
	return (row) => keysOf(row).some((key) => key && shared.has(key));
}
