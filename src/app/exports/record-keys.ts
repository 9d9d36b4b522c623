import type { Customer } from '../../domain/customer';
import type { Vehicle } from '../../domain/vehicle';
import type { StoreSession } from '../ports/store';

/** What a file calls other records by: the keys by which an import finds them again. */
export interface RecordKeys {
	customer(id: number | null): string | null;
	vehicle(id: number | null): string | null;
}

interface References {
	readonly customerId?: number | null;
	readonly vehicleId?: number | null;
}

/** Of the records that these refer to, in few statements. */
export async function loadKeys(session: StoreSession, records: readonly References[]): Promise<RecordKeys> {
	const ids = (name: keyof References) =>
		records.map((record) => record[name]).filter((id): id is number => typeof id === 'number');
	const customers = await session.customers.getMany(ids('customerId'));
	const vehicles = await session.vehicles.getMany(ids('vehicleId'));
	return {
		customer: (id) => (id === null ? null : customerKey(customers.get(id))),
		vehicle: (id) => (id === null ? null : vehicleKey(vehicles.get(id))),
	};
}

const customerKey = (customer: Customer | undefined): string | null =>
	customer ? (customer.externalId ?? customer.name) : null;

export const vehicleKey = (vehicle: Vehicle | undefined): string | null =>
	vehicle?.vin ?? vehicle?.plate ?? vehicle?.externalId ?? null;
