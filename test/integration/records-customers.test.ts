import { AmbiguousKeyError, MissingKeyError, RecordNotFoundError } from '../../src/app/errors';
import { attachVehicle, detachVehicle, listAttachments } from '../../src/app/records/attach-vehicle';
import {
	createCustomer,
	getCustomer,
	listCustomers,
	removeCustomer,
	updateCustomer,
	upsertCustomer,
} from '../../src/app/records/customers';
import { createTask, getTask } from '../../src/app/records/tasks';
import { createVehicle, getVehicle } from '../../src/app/records/vehicles';
import { InvalidFieldError } from '../../src/domain/errors';
import { openRecordsFleet, START } from './records-fleet';
import type { RecordsFleet } from './records-fleet';

describe('customers', () => {
	let fleet: RecordsFleet;
	beforeEach(async () => {
		fleet = await openRecordsFleet();
	});
	afterEach(async () => await fleet.close());

	it('are created, changed, listed and removed', async () => {
		const customer = await createCustomer(fleet, { name: 'Ada Ltd', email: 'ada@example.com', vatId: 'DE1' });
		expect(customer).toMatchObject({ externalId: null, attributes: { vatId: 'DE1' }, createdAt: START });
		const changed = await updateCustomer(fleet, { key: 'Ada Ltd' }, { phone: '1', rating: 5 });
		expect(changed).toMatchObject({ phone: '1', attributes: { vatId: 'DE1', rating: 5 } });
		expect(await listCustomers(fleet, { search: 'ada' })).toEqual([changed]);
		expect(await removeCustomer(fleet, { id: customer.id })).toEqual(changed);
		await expect(getCustomer(fleet, { id: customer.id })).rejects.toThrow(RecordNotFoundError);
		await expect(createCustomer(fleet, { phone: '1' })).rejects.toThrow(InvalidFieldError);
	});

	it('are found by external id before name, and not by a name that two have', async () => {
		const byId = await createCustomer(fleet, { externalId: 'Bo', name: 'Eve' });
		const byName = await createCustomer(fleet, { name: 'Bo' });
		await createCustomer(fleet, { name: 'Eve' });
		expect((await getCustomer(fleet, { key: 'Bo' })).id).toBe(byId.id);
		expect((await getCustomer(fleet, { id: byName.id })).name).toBe('Bo');
		await expect(getCustomer(fleet, { key: 'Eve' })).rejects.toThrow(AmbiguousKeyError);
	});

	it('are upserted by external id, else email, else name', async () => {
		const byExternalId = await upsertCustomer(fleet, { externalId: 'C1', name: 'Ada', email: 'a@b.c' });
		const renamed = await upsertCustomer(fleet, { externalId: 'C1', name: 'Ada Ltd' });
		const byEmail = await upsertCustomer(fleet, { email: 'a@b.c', phone: '1' });
		const byName = await upsertCustomer(fleet, { name: 'Ada Ltd', phone: '2' });
		const other = await upsertCustomer(fleet, { externalId: 'C2', name: 'Ada Ltd' });
		expect([byExternalId, renamed, byEmail, byName, other].map(({ created }) => created)).toEqual([
			true,
			false,
			false,
			false,
			true,
		]);
		expect(byName.record).toMatchObject({ id: byExternalId.record.id, name: 'Ada Ltd', phone: '2' });
		await expect(upsertCustomer(fleet, { phone: '1' })).rejects.toThrow(MissingKeyError);
	});
});

describe('attaching vehicles', () => {
	let fleet: RecordsFleet;
	beforeEach(async () => {
		fleet = await openRecordsFleet();
	});
	afterEach(async () => await fleet.close());

	it('keeps the history and announces each change once', async () => {
		const { id } = await createVehicle(fleet, { plate: 'A 1' });
		const ada = await createCustomer(fleet, { name: 'Ada', externalId: 'C1' });
		const bob = await createCustomer(fleet, { name: 'Bob' });
		await fleet.newEvents();

		expect(await attachVehicle(fleet, { key: 'a 1' }, { key: 'C1' })).toMatchObject({ customerId: ada.id });
		await attachVehicle(fleet, { id }, { id: ada.id });
		const later = fleet.nextHour();
		await attachVehicle(fleet, { id }, { key: 'Bob' });
		const last = fleet.nextHour();
		expect(await detachVehicle(fleet, { id })).toMatchObject({ customerId: null });
		await detachVehicle(fleet, { id });

		expect(await listAttachments(fleet, { id })).toEqual([
			{ vehicleId: id, customerId: ada.id, attachedAt: START, detachedAt: later },
			{ vehicleId: id, customerId: bob.id, attachedAt: later, detachedAt: last },
		]);
		const events = await fleet.newEvents();
		expect(events.map(({ type, record }) => [type, record.customerId])).toEqual([
			['vehicleAttached', ada.id],
			['vehicleDetached', ada.id],
			['vehicleAttached', bob.id],
			['vehicleDetached', bob.id],
		]);
	});

	it('ends when the customer is removed, and open tasks for the customer are canceled', async () => {
		const { id } = await createVehicle(fleet, { plate: 'A 1' });
		const ada = await createCustomer(fleet, { name: 'Ada' });
		await attachVehicle(fleet, { id }, { id: ada.id });
		const forCustomer = await createTask(fleet, { title: 'Call', customerId: ada.id });
		const forVehicle = await createTask(fleet, { title: 'Wash', customerId: ada.id, vehicleId: id });
		await fleet.newEvents();
		await removeCustomer(fleet, { id: ada.id });
		expect(await getVehicle(fleet, { id })).toMatchObject({ customerId: null });
		expect((await getTask(fleet, { id: forCustomer.id })).state).toBe('canceled');
		expect((await getTask(fleet, { id: forVehicle.id })).state).toBe('created');
		expect((await fleet.newEvents()).map(({ type }) => type)).toEqual(['vehicleDetached', 'taskCanceled']);
	});

	it('stays in the history of the vehicle when the customer is removed', async () => {
		const { id } = await createVehicle(fleet, { plate: 'A 1' });
		const ada = await createCustomer(fleet, { name: 'Ada' });
		await attachVehicle(fleet, { id }, { id: ada.id });
		const at = fleet.nextHour();
		await removeCustomer(fleet, { id: ada.id });
		expect(await listAttachments(fleet, { id })).toEqual([
			{ vehicleId: id, customerId: ada.id, attachedAt: START, detachedAt: at },
		]);
	});
});
