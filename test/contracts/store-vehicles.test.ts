import { RecordNotFoundError } from '../../src/app/errors';
import { addVehicles } from '../lib/add-vehicles';
import { AT, customerFields, report, taskFields, vehicleFields } from './store/samples';
import { describeStores } from './store/stores';

describeStores('vehicles', (use) => {
	it('looks keys up as VIN, then plate, then external id, however many there are', async () => {
		const { store } = use();
		await store.write((session) =>
			addVehicles(
				session,
				Array.from({ length: 1234 }, (_, i) => ({ vin: `VIN${i}`, plate: `P${i}`, externalId: `E${i}` })),
				AT,
			),
		);
		await store.write(({ vehicles }) =>
			vehicles.create(vehicleFields({ externalId: 'VIN7', plate: 'E8' }), AT),
		);
		await store.read(async ({ vehicles }) => {
			const keys = Array.from({ length: 1234 }, (_, i) => `${['VIN', 'P', 'E'][i % 3]}${i}`);
			const found = await vehicles.findByKeys([...keys, 'nobody', '', keys[0] ?? '']);
			expect(found.size).toBe(1234);
			expect(keys.every((key, i) => found.get(key)?.vin === (key === 'E8' ? null : `VIN${i}`))).toBe(true);
			expect((await vehicles.findByKeys(['VIN7'])).get('VIN7')?.plate).toBe('P7');
			expect(await vehicles.findByKeys([])).toEqual(new Map());
		});
	});

	it('writes many whole records, new ones and others, and tells who holds a key', async () => {
		const { store } = use();
		const [first = 0, second = 0] = await store.write((session) =>
			addVehicles(
				session,
				[
					{ vin: 'VIN1', plate: 'P1', attributes: { seats: 3 } },
					{ vin: 'VIN2', externalId: 'E2' },
				],
				AT,
			),
		);
		expect(second).toBe(first + 1);
		await store.write(async ({ bulk }) => {
			const [one] = await bulk.vehicles.byIds([first]);
			if (!one) throw new Error('no vehicle');
			await bulk.vehicles.update([{ ...one, name: 'Box', year: null, updatedAt: AT + 1 }], 'all but keys');
			await bulk.vehicles.mark([{ id: second, importId: 7, importRow: 12 }]);
		});
		const held = await store.read(({ bulk }) =>
			bulk.vehicles.holders({ vin: ['VIN1', 'nobody'], plate: ['VIN2'], externalId: ['E2'] }),
		);
		expect(held).toMatchObject([
			{ id: first, vin: 'VIN1', plate: 'P1', name: 'Box', attributes: { seats: 3 }, importId: null },
			{ id: second, externalId: 'E2', updatedAt: AT, importId: 7, importRow: 12 },
		]);
		const next = await store.write(({ vehicles }) => vehicles.create(vehicleFields({ plate: 'P3' }), AT));
		expect(next.id).toBeGreaterThan(second);
	});

	it('passes keys on from record to record in the order in which they are written', async () => {
		const { store } = use();
		const ids = await store.write((session) => addVehicles(session, [{ plate: 'P1' }, { plate: 'P2' }], AT));
		await store.write(async ({ bulk }) => {
			const [one, two] = await bulk.vehicles.byIds(ids);
			if (!one || !two) throw new Error('no vehicles');
			await bulk.vehicles.update(
				[
					{ ...one, plate: 'P9' },
					{ ...two, plate: 'P1' },
				],
				'all',
			);
		});
		expect((await store.read(({ vehicles }) => vehicles.find())).map(({ plate }) => plate)).toEqual([
			'P9',
			'P1',
		]);
		await store.write(({ bulk }) => bulk.vehicles.remove(ids));
		expect(await store.read(({ vehicles }) => vehicles.count())).toBe(0);
	});

	it('attaches many at once, and takes back what was attached at one time', async () => {
		const { store } = use();
		const { ids, a, b } = await store.write(async (session) => {
			const made = await addVehicles(session, [{ plate: 'P1' }, { plate: 'P2' }], AT);
			const customers = await Promise.all(
				['A', 'B'].map(async (name) => (await session.customers.create(customerFields({ name }), AT)).id),
			);
			const [to = 0, other = 0] = customers;
			await session.vehicles.attach(made[0] ?? 0, to, AT);
			return { ids: made, a: to, b: other };
		});
		const [first = 0, second = 0] = ids;
		const attachments = async () =>
			(await store.read(({ vehicles }) => vehicles.attachments(first))).map(({ customerId, detachedAt }) => [
				customerId,
				detachedAt,
			]);
		await store.write(({ bulk }) =>
			bulk.attach(
				ids.map((vehicleId) => ({ vehicleId, customerId: b })),
				AT + 5,
			),
		);
		expect(await attachments()).toEqual([
			[a, AT + 5],
			[b, null],
		]);
		await store.write(({ bulk }) => bulk.detach(ids, AT + 5));
		expect(await attachments()).toEqual([[a, null]]);
		expect(await store.read(({ vehicles }) => vehicles.attachments(second))).toEqual([]);
	});

	it('attaches to one customer at a time and remembers the others', async () => {
		const { store } = use();
		await store.write(async ({ vehicles, customers }) => {
			const vehicle = await vehicles.create(vehicleFields({ plate: 'P1' }), AT);
			const a = await customers.create(customerFields({ name: 'A' }), AT);
			const b = await customers.create(customerFields({ name: 'B' }), AT);
			await vehicles.attach(vehicle.id, a.id, AT + 1);
			await vehicles.attach(vehicle.id, a.id, AT + 2);
			await vehicles.attach(vehicle.id, b.id, AT + 3);
			expect(await vehicles.get(vehicle.id)).toMatchObject({ customerId: b.id, updatedAt: AT + 3 });
			await vehicles.attach(vehicle.id, null, AT + 4);
			await vehicles.attach(vehicle.id, null, AT + 5);
			expect(await vehicles.attachments(vehicle.id)).toEqual([
				{ vehicleId: vehicle.id, customerId: a.id, attachedAt: AT + 1, detachedAt: AT + 3 },
				{ vehicleId: vehicle.id, customerId: b.id, attachedAt: AT + 3, detachedAt: AT + 4 },
			]);
			await expect(vehicles.attach(vehicle.id, 999, AT)).rejects.toThrow(RecordNotFoundError);
			await expect(vehicles.attach(999, a.id, AT)).rejects.toThrow(RecordNotFoundError);
		});
	});

	it('forgets what belongs to a removed vehicle, and leaves its task pointing at nobody else', async () => {
		const { store } = use();
		await store.write(async ({ vehicles, customers, statuses, tasks }) => {
			const customer = await customers.create(customerFields(), AT);
			const gone = await vehicles.create(vehicleFields({ vin: 'VIN1' }), AT);
			const kept = await vehicles.create(vehicleFields({ vin: 'VIN2' }), AT);
			for (const { id } of [gone, kept]) await vehicles.attach(id, customer.id, AT);
			await statuses.append([report(gone.id), report(kept.id)]);
			await statuses.saveCurrent([report(gone.id), report(kept.id)]);
			const task = await tasks.create(taskFields({ vehicleId: gone.id }), AT);

			expect(await vehicles.remove(gone.id)).toBe(true);
			expect([...(await statuses.current([gone.id, kept.id])).keys()]).toEqual([kept.id]);
			expect(await statuses.history(gone.id, {})).toEqual([]);
			expect(await vehicles.attachments(gone.id)).toEqual([]);
			expect(await tasks.get(task.id)).toMatchObject({ vehicleId: gone.id });

			expect(await customers.remove(customer.id)).toBe(true);
			expect(await vehicles.get(kept.id)).toMatchObject({ customerId: null });
		});
	});
});
