import { parseVehicleFields } from '../../domain/vehicle';
import type { Vehicle, VehicleFields } from '../../domain/vehicle';
import type { FieldInput } from '../../domain/fields';
import { MissingKeyError, RecordNotFoundError } from '../errors';
import type { Fleet } from '../fleet';
import type { StoreSession, VehicleKey } from '../ports/store';
import type { RecordQuery } from '../ports/store-records';
import { appendEvent } from './append-event';
import { cancelTasksOf } from './cancel-tasks-of';
import { isEmpty, realChanges } from './change-record';
import { clearFirings } from './clear-firings';
import { findVehicle } from './find-record';
import type { RecordRef } from './record-ref';

const EMPTY: VehicleFields = {
	vin: null,
	plate: null,
	externalId: null,
	name: null,
	make: null,
	model: null,
	year: null,
	attributes: {},
};

/** In this order an upsert looks for the vehicle that is meant. */
const UPSERT_KEYS: readonly VehicleKey[] = ['vin', 'externalId', 'plate'];

/** Rejects with `InvalidFieldError`, `MissingKeyError` or `DuplicateRecordError`. */
export async function createVehicle(fleet: Fleet, input: FieldInput): Promise<Vehicle> {
	const fields = parseVehicleFields(input);
	return await fleet.store.write(async (session) => await create(session, fields, fleet.clock()));
}

/** Attributes are merged into those that the vehicle has; other fields that are left out stay as they are. */
export async function updateVehicle(fleet: Fleet, ref: RecordRef, input: FieldInput): Promise<Vehicle> {
	const fields = parseVehicleFields(input);
	return await fleet.store.write(
		async (session) => await update(session, await findVehicle(session, ref), fields, fleet.clock()),
	);
}

/**
 * Updates the vehicle with this VIN, else external id, else plate, or creates it. A vehicle that is found by a later
 * key must not have another value for an earlier one: it would be another vehicle.
 */
export async function upsertVehicle(
	fleet: Fleet,
	input: FieldInput,
): Promise<{ record: Vehicle; created: boolean }> {
	const fields = parseVehicleFields(input);
	return await fleet.store.write(async (session) => {
		const found = await findMeant(session, fields);
		return found === null
			? { record: await create(session, fields, fleet.clock()), created: true }
			: { record: await update(session, found, fields, fleet.clock()), created: false };
	});
}

export async function getVehicle(fleet: Fleet, ref: RecordRef): Promise<Vehicle> {
	return await fleet.store.read(async (session) => await findVehicle(session, ref));
}

export async function listVehicles(fleet: Fleet, query: RecordQuery<Vehicle> = {}): Promise<Vehicle[]> {
	return await fleet.store.read(async ({ vehicles }) => await vehicles.find(query));
}

/** Its statuses, firings and attachments go with it; tasks that are open for it are canceled. */
export async function removeVehicle(fleet: Fleet, ref: RecordRef): Promise<Vehicle> {
	return await fleet.store.write(async (session) => {
		const at = fleet.clock();
		const vehicle = await findVehicle(session, ref);
		await cancelTasksOf(session, { vehicleId: vehicle.id }, at);
		await clearFirings(session, { vehicleId: vehicle.id }, at);
		await session.vehicles.remove(vehicle.id);
		await appendEvent(session, 'vehicleDeleted', vehicle, at);
		return vehicle;
	});
}

async function findMeant(
	{ vehicles }: StoreSession,
	fields: Partial<VehicleFields>,
): Promise<Vehicle | null> {
	for (const [index, key] of UPSERT_KEYS.entries()) {
		const value = fields[key];
		if (value === undefined || value === null) continue;
		const [found] = await vehicles.find({ where: { [key]: value }, limit: 1 });
		const earlier = UPSERT_KEYS.slice(0, index).filter((name) => typeof fields[name] === 'string');
		if (found !== undefined && earlier.every((name) => found[name] === null)) return found;
	}
	return null;
}

async function create(session: StoreSession, fields: Partial<VehicleFields>, at: number): Promise<Vehicle> {
	requireKey({ ...EMPTY, ...fields });
	const vehicle = await session.vehicles.create({ ...EMPTY, ...fields }, at);
	await appendEvent(session, 'vehicleCreated', vehicle, at);
	return vehicle;
}

async function update(
	session: StoreSession,
	vehicle: Vehicle,
	fields: Partial<VehicleFields>,
	at: number,
): Promise<Vehicle> {
	const changes = realChanges<VehicleFields>(vehicle, fields);
	if (isEmpty(changes)) return vehicle;
	requireKey({ ...vehicle, ...changes });
	const updated = await session.vehicles.update(vehicle.id, changes, at);
	if (updated === null) throw new RecordNotFoundError('vehicle', vehicle.id);
	await appendEvent(session, 'vehicleUpdated', updated, at);
	return updated;
}

function requireKey(fields: VehicleFields): void {
	if (UPSERT_KEYS.every((key) => fields[key] === null)) {
		throw new MissingKeyError('vehicle', 'vin, plate, externalId');
	}
}
