import type { ImportRowError } from '../../domain/import';
import type { RecordLink } from '../../domain/mapping/interpret-row';
import { rowError } from '../../domain/mapping/source-row';
import { vehicleByKey, vehicleKeyCandidates } from '../../domain/vehicle-key';
import type { StoreSession } from '../ports/store';

/** Ids of the customers with these external ids; those that there are not are absent. */
export async function findCustomers(
	session: Pick<StoreSession, 'customers'>,
	keys: Iterable<string>,
): Promise<Map<string, number>> {
	const found = new Map<string, number>();
	for (const externalId of new Set(keys)) {
		const [customer] = await session.customers.find({ where: { externalId }, limit: 1 });
		if (customer) found.set(externalId, customer.id);
	}
	return found;
}

/** Ids of the vehicles with these VINs, plates or external ids; those that there are not are absent. */
export async function findVehicles(
	session: Pick<StoreSession, 'vehicles'>,
	keys: Iterable<string>,
): Promise<Map<string, number>> {
	const distinct = new Set(keys);
	const candidates = new Set([...distinct].flatMap(vehicleKeyCandidates));
	if (candidates.size === 0) return new Map();
	const found = await session.vehicles.findByKeys([...candidates]);
	const ids = new Map<string, number>();
	for (const key of distinct) {
		const vehicle = vehicleByKey(key, found);
		if (vehicle) ids.set(key, vehicle.id);
	}
	return ids;
}

export function unknownLink(
	place: { readonly row: number; readonly list: string | null },
	record: 'customer' | 'vehicle',
	link: RecordLink,
): ImportRowError {
	const how = record === 'customer' ? 'external id' : 'VIN, plate or external id';
	const message = `There is no ${record} '${link.key}': add it first, or correct its ${how}`;
	return rowError(place, message, link.column, link.key);
}
