import type { ImportRowError } from '../../domain/import';
import type { CustomerRow, TaskRow, VehicleRow } from '../../domain/mapping/interpret-row';
import { rowError } from '../../domain/mapping/source-row';
import { appendEvent } from '../records/append-event';
import type { StoreSession } from '../ports/store';
import { findCustomers, findVehicles, unknownLink } from './find-links';

export interface Taken {
	readonly created: number;
	readonly updated: number;
	readonly errors: readonly ImportRowError[];
}

/** Consecutive rows with the same value, so that rows keep their order where many are taken at once. */
export function runsBy<T, V>(rows: readonly T[], valueOf: (row: T) => V): T[][] {
	const runs: T[][] = [];
	let last: V | undefined;
	for (const row of rows) {
		const value = valueOf(row);
		const run = runs.at(-1);
		if (run && value === last) run.push(row);
		else runs.push([row]);
		last = value;
	}
	return runs;
}

/** Vehicles are created or updated by their key and attached to the customer that they name. */
export async function takeVehicles(
	session: StoreSession,
	rows: readonly VehicleRow[],
	at: number,
): Promise<Taken> {
	const errors: ImportRowError[] = [];
	const customers = await findCustomers(
		session,
		rows.flatMap(({ customer }) => (customer ? [customer.key] : [])),
	);
	const good = rows.filter((row) => {
		if (!row.customer || customers.has(row.customer.key)) return true;
		errors.push(unknownLink(row, 'customer', row.customer));
		return false;
	});
	let created = 0;
	for (const run of runsBy(good, ({ key }) => key)) {
		const entries = run.map(({ fields }) => fields);
		const results = await session.vehicles.upsertMany(run[0]?.key ?? 'vin', entries, at);
		for (const [index, result] of results.entries()) {
			if (result.created) created += 1;
			const customerId = customers.get(run[index]?.customer?.key ?? '');
			if (customerId !== undefined) await session.vehicles.attach(result.id, customerId, at);
		}
	}
	return { created, updated: good.length - created, errors };
}

/** The customer whose external id, else e-mail, else name a row has; null when it is a new one. */
export async function findCustomerOf(
	{ customers }: Pick<StoreSession, 'customers'>,
	{ fields }: CustomerRow,
) {
	const { externalId, email, name } = fields;
	const where = externalId ? { externalId } : email ? { email } : { name: name ?? '' };
	return (await customers.find({ where, limit: 1 }))[0] ?? null;
}

export function namelessCustomer(row: CustomerRow): ImportRowError {
	const message = `There is no customer with this external id, and a new one needs a name`;
	return rowError(row, message, null, row.fields.externalId);
}

export async function takeCustomers(
	session: StoreSession,
	rows: readonly CustomerRow[],
	at: number,
): Promise<Taken> {
	const errors: ImportRowError[] = [];
	let created = 0;
	for (const row of rows) {
		const { name, externalId = null, email = null, phone = null, attributes = {} } = row.fields;
		const known = await findCustomerOf(session, row);
		if (known) {
			const merged = { ...known.attributes, ...attributes };
			await session.customers.update(known.id, { ...row.fields, attributes: merged }, at);
		} else if (name) {
			await session.customers.create({ name, externalId, email, phone, attributes }, at);
			created += 1;
		} else {
			errors.push(namelessCustomer(row));
		}
	}
	return { created, updated: rows.length - created - errors.length, errors };
}

/** Tasks have no key: every row is a new one. */
export async function takeTasks(session: StoreSession, rows: readonly TaskRow[], at: number): Promise<Taken> {
	const errors: ImportRowError[] = [];
	const keysOf = (link: 'vehicle' | 'customer') => rows.flatMap((row) => row[link]?.key ?? []);
	const vehicles = await findVehicles(session, keysOf('vehicle'));
	const customers = await findCustomers(session, keysOf('customer'));
	for (const row of rows) {
		const { vehicle, customer } = row;
		const vehicleId = vehicle ? vehicles.get(vehicle.key) : null;
		const customerId = customer ? customers.get(customer.key) : null;
		if (vehicle && vehicleId === undefined) errors.push(unknownLink(row, 'vehicle', vehicle));
		else if (customer && customerId === undefined) errors.push(unknownLink(row, 'customer', customer));
		else {
			const { title, description = null, dueAt = null } = row.fields;
			const fields = {
				title,
				description,
				dueAt,
				vehicleId: vehicleId ?? null,
				customerId: customerId ?? null,
			};
			await appendEvent(session, 'taskCreated', await session.tasks.create(fields, at), at);
		}
	}
	return { created: rows.length - errors.length, updated: 0, errors };
}
