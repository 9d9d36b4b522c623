import type { StatusReport, VehicleStatus } from '../../domain/status';
import { NoStatusYetError } from '../errors';
import type { Fleet } from '../fleet';
import type { KnownAttribute } from '../ports/store-statuses';
import { findVehicle } from './find-record';
import { refText } from './record-ref';
import type { RecordRef } from './record-ref';

/** The vehicle's current status. Rejects with `NoStatusYetError` when it has not reported yet. */
export async function getStatus(fleet: Fleet, vehicleRef: RecordRef): Promise<VehicleStatus> {
	return await fleet.store.read(async (session) => {
		const { id } = await findVehicle(session, vehicleRef);
		const status = (await session.statuses.current([id])).get(id);
		if (status === undefined) throw new NoStatusYetError(refText(vehicleRef));
		return status;
	});
}

/** What the vehicle reported from `from` to `to` (milliseconds, both included), newest first. */
export async function listStatusHistory(
	fleet: Fleet,
	vehicleRef: RecordRef,
	range: { from?: number; to?: number; limit?: number } = {},
): Promise<StatusReport[]> {
	return await fleet.store.read(async (session) => {
		const { id } = await findVehicle(session, vehicleRef);
		return await session.statuses.history(id, range);
	});
}

/** What rules can watch: every attribute that some vehicle reports, with its last value. */
export async function knownAttributes(fleet: Fleet): Promise<KnownAttribute[]> {
	return await fleet.store.read(async ({ statuses }) => await statuses.knownAttributes());
}
