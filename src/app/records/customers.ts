import { parseCustomerFields } from '../../domain/customer';
import type { Customer, CustomerFields } from '../../domain/customer';
import { InvalidFieldError } from '../../domain/errors';
import type { FieldInput } from '../../domain/fields';
import { MissingKeyError, RecordNotFoundError } from '../errors';
import type { Fleet } from '../fleet';
import type { StoreSession } from '../ports/store';
import type { RecordQuery } from '../ports/store-records';
import { moveVehicle } from './attach-vehicle';
import { cancelTasksOf } from './cancel-tasks-of';
import { isEmpty, realChanges } from './change-record';
import { findCustomer, onlyOne } from './find-record';
import type { RecordRef } from './record-ref';

/** Rejects with `InvalidFieldError` or `DuplicateRecordError`. */
export async function createCustomer(fleet: Fleet, input: FieldInput): Promise<Customer> {
	const fields = parseCustomerFields(input);
	return await fleet.store.write(async (session) => await create(session, fields, fleet.clock()));
}

/** Attributes are merged into those that the customer has; other fields that are left out stay as they are. */
export async function updateCustomer(fleet: Fleet, ref: RecordRef, input: FieldInput): Promise<Customer> {
	const fields = parseCustomerFields(input);
	return await fleet.store.write(
		async (session) => await update(session, await findCustomer(session, ref), fields, fleet.clock()),
	);
}

/** Updates the customer with this external id, else (where none is given) email, else name, or creates it. */
export async function upsertCustomer(
	fleet: Fleet,
	input: FieldInput,
): Promise<{ record: Customer; created: boolean }> {
	const fields = parseCustomerFields(input);
	return await fleet.store.write(async (session) => await saveCustomer(session, fields, fleet.clock()));
}

async function saveCustomer(
	session: StoreSession,
	fields: Partial<CustomerFields>,
	at: number,
): Promise<{ record: Customer; created: boolean }> {
	const key = (['externalId', 'email', 'name'] as const).find((name) => typeof fields[name] === 'string');
	if (key === undefined) throw new MissingKeyError('customer', 'externalId, email, name');
	const found = await onlyOne('customer', session.customers, key, String(fields[key]));
	return found === null
		? { record: await create(session, fields, at), created: true }
		: { record: await update(session, found, fields, at), created: false };
}

export async function getCustomer(fleet: Fleet, ref: RecordRef): Promise<Customer> {
	return await fleet.store.read(async (session) => await findCustomer(session, ref));
}

export async function listCustomers(fleet: Fleet, query: RecordQuery<Customer> = {}): Promise<Customer[]> {
	return await fleet.store.read(async ({ customers }) => await customers.find(query));
}

/** Detaches the customer's vehicles, and cancels the tasks that are open for the customer. */
export async function removeCustomer(fleet: Fleet, ref: RecordRef): Promise<Customer> {
	return await fleet.store.write(async (session) => {
		const at = fleet.clock();
		const customer = await findCustomer(session, ref);
		const vehicles = await session.vehicles.find({ where: { customerId: customer.id } });
		for (const vehicle of vehicles) await moveVehicle(session, vehicle, null, at);
		await cancelTasksOf(session, { customerId: customer.id, vehicleId: null }, at);
		await session.customers.remove(customer.id);
		return customer;
	});
}

async function create(session: StoreSession, fields: Partial<CustomerFields>, at: number): Promise<Customer> {
	const { name, ...others } = fields;
	if (name === undefined) {
		throw new InvalidFieldError(
			'name',
			'The customer has no name',
			'Give the name of the person or company.',
		);
	}
	const none = { externalId: null, email: null, phone: null, attributes: {} };
	return await session.customers.create({ ...none, ...others, name }, at);
}

async function update(
	session: StoreSession,
	customer: Customer,
	fields: Partial<CustomerFields>,
	at: number,
): Promise<Customer> {
	const changes = realChanges<CustomerFields>(customer, fields);
	if (isEmpty(changes)) return customer;
	const updated = await session.customers.update(customer.id, changes, at);
	if (updated === null) throw new RecordNotFoundError('customer', customer.id);
	return updated;
}
