import type { Vehicle, VehicleAttachment } from '../../domain/vehicle';
import { RecordNotFoundError } from '../errors';
import type { Fleet } from '../fleet';
import type { StoreSession } from '../ports/store';
import { appendEvent } from './append-event';
import { findCustomer, findVehicle } from './find-record';
import type { RecordRef } from './record-ref';

/** A vehicle of another customer is detached from that one first. No change when it is attached already. */
export async function attachVehicle(
	fleet: Fleet,
	vehicleRef: RecordRef,
	customerRef: RecordRef,
): Promise<Vehicle> {
	return await fleet.store.write(async (session) => {
		const vehicle = await findVehicle(session, vehicleRef);
		const customer = await findCustomer(session, customerRef);
		return await moveVehicle(session, vehicle, customer.id, fleet.clock());
	});
}

/** No change when no customer has it. */
export async function detachVehicle(fleet: Fleet, vehicleRef: RecordRef): Promise<Vehicle> {
	return await fleet.store.write(
		async (session) =>
			await moveVehicle(session, await findVehicle(session, vehicleRef), null, fleet.clock()),
	);
}

/** Whose the vehicle was and is, oldest first. */
export async function listAttachments(fleet: Fleet, vehicleRef: RecordRef): Promise<VehicleAttachment[]> {
	return await fleet.store.read(async (session) => {
		const vehicle = await findVehicle(session, vehicleRef);
		return await session.vehicles.attachments(vehicle.id);
	});
}

/**
 * The transition itself, for use cases that attach many in a transaction of theirs; null detaches. What the
 * customer's rules have open for the vehicle ends with its next report.
 */
export async function moveVehicle(
	session: StoreSession,
	vehicle: Vehicle,
	customerId: number | null,
	at: number,
): Promise<Vehicle> {
	if (vehicle.customerId === customerId) return vehicle;
	await session.vehicles.attach(vehicle.id, customerId, at);
	const moved = await session.vehicles.get(vehicle.id);
	if (moved === null) throw new RecordNotFoundError('vehicle', vehicle.id);
	if (vehicle.customerId !== null) await appendEvent(session, 'vehicleDetached', vehicle, at);
	if (customerId !== null) await appendEvent(session, 'vehicleAttached', moved, at);
	return moved;
}
