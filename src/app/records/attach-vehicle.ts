import type { Vehicle, VehicleAttachment } from '../../domain/vehicle';
import { RecordNotFoundError } from '../errors';
import type { Fleet } from '../fleet';
import type { StoreSession } from '../ports/store';
import { appendEvent } from './append-event';
import { clearFirings } from './clear-firings';
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

/** The transition itself, for use cases that attach many in a transaction of theirs; null detaches. */
export async function moveVehicle(
	session: StoreSession,
	vehicle: Vehicle,
	customerId: number | null,
	at: number,
): Promise<Vehicle> {
	if (vehicle.customerId === customerId) return vehicle;
	await clearFiringsOfCustomer(session, vehicle, at);
	await session.vehicles.attach(vehicle.id, customerId, at);
	const moved = await session.vehicles.get(vehicle.id);
	if (moved === null) throw new RecordNotFoundError('vehicle', vehicle.id);
	if (vehicle.customerId !== null) await appendEvent(session, 'vehicleDetached', vehicle, at);
	if (customerId !== null) await appendEvent(session, 'vehicleAttached', moved, at);
	return moved;
}

/** What watched the vehicle only because the customer had it watches it no longer. */
async function clearFiringsOfCustomer(session: StoreSession, vehicle: Vehicle, at: number): Promise<void> {
	if (vehicle.customerId === null) return;
	const open = await session.firings.find({ where: { vehicleId: vehicle.id, clearedAt: null } });
	const ended = new Set<number>();
	for (const firing of open) {
		const rule = await session.rules.get(firing.ruleId);
		const task = firing.taskId === null ? null : await session.tasks.get(firing.taskId);
		const isTheCustomersTask = task !== null && task.vehicleId === null && task.customerId !== null;
		if (rule?.scope.vehicles === 'customer' || isTheCustomersTask) ended.add(firing.id);
	}
	await clearFirings(session, { vehicleId: vehicle.id }, at, ({ id }) => ended.has(id));
}
