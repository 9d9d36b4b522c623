import type { Customer } from '../../domain/customer';
import type { Vehicle } from '../../domain/vehicle';
import { vehicleByKey, vehicleKeyCandidates } from '../../domain/vehicle-key';
import type { StoreSession } from '../ports/store';
import type { ImportMark } from '../ports/store-imports';
import type { PreparedRow } from './prepare-row';

export type KnownVehicle = Vehicle & ImportMark;
export type KnownCustomer = Customer & ImportMark;

const VEHICLE_KEYS = ['vin', 'plate', 'externalId'] as const;
const CUSTOMER_KEYS = ['externalId', 'email', 'name'] as const;

/** Records by the values of some fields. Of several with one value, the first counts. */
class Index<R extends { readonly id: number }, K extends keyof R & string> {
	readonly #byKey: ReadonlyMap<K, Map<string, R>>;

	constructor(private readonly keys: readonly K[]) {
		this.#byKey = new Map(keys.map((key) => [key, new Map<string, R>()]));
	}

	find(key: K, value: string): R | undefined {
		return this.#byKey.get(key)?.get(value);
	}

	add(record: R): void {
		for (const key of this.keys) {
			const value = record[key];
			const held = this.#byKey.get(key);
			if (typeof value === 'string' && held && !held.has(value)) held.set(value, record);
		}
	}

	replace(before: R, after: R): void {
		for (const key of this.keys) {
			const held = this.#byKey.get(key);
			const value = before[key];
			if (held && typeof value === 'string' && held.get(value)?.id === before.id) held.delete(value);
		}
		this.add(after);
	}
}

/**
 * The records that the rows of a chunk are about, as they stand in the store, and then as the rows above have made
 * them: so that a chunk is decided row after row, and read and written in few statements.
 */
export class KnownRecords {
	readonly #vehicles = new Index<KnownVehicle, (typeof VEHICLE_KEYS)[number]>(VEHICLE_KEYS);
	readonly #customers = new Index<KnownCustomer, (typeof CUSTOMER_KEYS)[number]>(CUSTOMER_KEYS);

	static async load(session: StoreSession, rows: readonly PreparedRow[]): Promise<KnownRecords> {
		const known = new KnownRecords();
		const vehicles = { vin: new Set<string>(), plate: new Set<string>(), externalId: new Set<string>() };
		const customers = { externalId: new Set<string>(), email: new Set<string>(), name: new Set<string>() };
		for (const row of rows) wanted(row, vehicles, customers);
		for (const one of await session.bulk.vehicles.holders(vehicles)) known.#vehicles.add(one);
		for (const one of await session.bulk.customers.holders(customers)) known.#customers.add(one);
		return known;
	}

	vehicle(key: (typeof VEHICLE_KEYS)[number], value: string): KnownVehicle | undefined {
		return this.#vehicles.find(key, value);
	}

	/** As people and senders name a vehicle: by VIN, plate or external id. */
	vehicleNamed(name: string): Vehicle | null {
		const found = new Map<string, Vehicle>();
		for (const candidate of vehicleKeyCandidates(name)) {
			for (const key of VEHICLE_KEYS) {
				const vehicle = this.#vehicles.find(key, candidate);
				if (vehicle && !found.has(candidate)) found.set(candidate, vehicle);
			}
		}
		return vehicleByKey(name, found);
	}

	customer(key: (typeof CUSTOMER_KEYS)[number], value: string): KnownCustomer | undefined {
		return this.#customers.find(key, value);
	}

	/** By external id, else by name. */
	customerNamed(name: string): KnownCustomer | undefined {
		return this.#customers.find('externalId', name) ?? this.#customers.find('name', name);
	}

	takeVehicle(before: KnownVehicle | null, after: KnownVehicle): void {
		if (before) this.#vehicles.replace(before, after);
		else this.#vehicles.add(after);
	}

	takeCustomer(before: KnownCustomer | null, after: KnownCustomer): void {
		if (before) this.#customers.replace(before, after);
		else this.#customers.add(after);
	}
}

type Wanted<K extends string> = Readonly<Record<K, Set<string>>>;

function wanted(
	{ records: { vehicle, customer, task }, messages }: PreparedRow,
	vehicles: Wanted<'vin' | 'plate' | 'externalId'>,
	customers: Wanted<'externalId' | 'email' | 'name'>,
): void {
	if (vehicle) {
		const { vin, plate, externalId } = vehicle.fields;
		if (vin) vehicles.vin.add(vin);
		if (plate) vehicles.plate.add(plate);
		if (externalId) vehicles.externalId.add(externalId);
	}
	if (customer) {
		const { externalId, email, name } = customer.fields;
		if (externalId) customers.externalId.add(externalId);
		else if (email) customers.email.add(email);
		else if (name) customers.name.add(name);
	}
	for (const link of [vehicle?.customer, task?.customer]) {
		if (!link) continue;
		customers.externalId.add(link.key);
		customers.name.add(link.key);
	}
	const named = messages.map(({ message }) => message.vehicleKey);
	if (task?.vehicle) named.push(task.vehicle.key);
	for (const name of named) {
		for (const candidate of vehicleKeyCandidates(name)) {
			vehicles.vin.add(candidate);
			vehicles.plate.add(candidate);
			vehicles.externalId.add(candidate);
		}
	}
}
