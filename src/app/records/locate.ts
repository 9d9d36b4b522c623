import type { Geofence } from '../../domain/geofence';
import { buildFenceSet, type FenceSet } from '../../domain/geofences/fence-set';
import { parsePoint } from '../../domain/geofences/parse-points';
import { NoPositionYetError } from '../errors';
import type { Fleet } from '../fleet';
import type { FleetStore, StoreSession } from '../ports/store';
import { findVehicle } from './find-record';
import { refText, type RecordRef } from './record-ref';

export interface Located {
	readonly longitude: number;
	readonly latitude: number;
	/** Those whose shape contains the position, by id. */
	readonly geofences: readonly Geofence[];
}

/** Rejects with `InvalidFieldError` when these are no coordinates in degrees. */
export async function locatePosition(fleet: Fleet, longitude: unknown, latitude: unknown): Promise<Located> {
	const [x, y] = parsePoint([longitude, latitude], 'position');
	return await fleet.store.read(async (session) => await locate(fleet, session, x, y));
}

/** At the vehicle's last known position. Rejects with `NoPositionYetError` when none is known. */
export async function locateVehicle(
	fleet: Fleet,
	ref: RecordRef,
): Promise<Located & { readonly vehicleId: number; readonly reportedAt: number }> {
	return await fleet.store.read(async (session) => {
		const { id: vehicleId } = await findVehicle(session, ref);
		const status = (await session.statuses.current([vehicleId])).get(vehicleId);
		if (!status?.position) throw new NoPositionYetError(refText(ref));
		const { longitude, latitude } = status.position;
		const reportedAt = status.valueTimes?.latitude ?? status.reportedAt;
		return { vehicleId, reportedAt, ...(await locate(fleet, session, longitude, latitude)) };
	});
}

async function locate(
	{ store }: Fleet,
	session: StoreSession,
	longitude: number,
	latitude: number,
): Promise<Located> {
	const { fenceSet, geofences } = await currentFences(store, session);
	const inside = new Set(fenceSet.insideOf(longitude, latitude));
	return { longitude, latitude, geofences: geofences.filter(({ id }) => inside.has(id)) };
}

interface CurrentFences {
	readonly revision: number;
	readonly geofences: readonly Geofence[];
	readonly fenceSet: FenceSet;
}

/** The index takes longer to build than to ask, so it is kept until a geofence may have changed. */
const known = new WeakMap<FleetStore, CurrentFences>();

async function currentFences(store: FleetStore, session: StoreSession): Promise<CurrentFences> {
	const revision = await session.rules.revision();
	const before = known.get(store);
	if (before?.revision === revision) return before;
	const geofences = await session.geofences.find();
	const current = { revision, geofences, fenceSet: buildFenceSet(geofences) };
	known.set(store, current);
	return current;
}
