import type { StoreSession } from '../../src/app/ports/store';
import type { VehicleFields } from '../../src/domain/vehicle';

const NOTHING: VehicleFields = {
	...{ vin: null, plate: null, externalId: null, name: null, make: null, model: null, year: null },
	attributes: {},
};

/** Any number of new vehicles, by the way that imports take; their ids in the same order. */
export async function addVehicles(
	{ bulk }: Pick<StoreSession, 'bulk'>,
	fields: readonly Partial<VehicleFields>[],
	at: number,
): Promise<number[]> {
	const ids = await bulk.vehicles.reserveIds(fields.length);
	const stamps = { customerId: null, createdAt: at, updatedAt: at, importId: null, importRow: null };
	await bulk.vehicles.insert(
		fields.map((one, index) => ({ ...NOTHING, ...one, ...stamps, id: ids[index] ?? Number.NaN })),
	);
	return ids;
}
