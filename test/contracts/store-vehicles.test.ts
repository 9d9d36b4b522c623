import { DuplicateRecordError, RecordNotFoundError } from '../../src/app/errors';
import { AT, customerFields, report, taskFields, vehicleFields } from './store/samples';
import { describeStores } from './store/stores';

describeStores('vehicles', (use) => {
	it('looks keys up as VIN, then plate, then external id, however many there are', async () => {
		const { store } = use();
		await store.write(({ vehicles }) =>
			vehicles.upsertMany(
				'vin',
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

	it('upserts many by a key: what is undefined stays, attributes merge, answers keep their order', async () => {
		const { store } = use();
		const before = await store.write(({ vehicles }) =>
			vehicles.create(
				vehicleFields({ plate: 'HH AB 1', make: 'MAN', year: 2019, attributes: { depot: 'Kiel', seats: 3 } }),
				AT,
			),
		);
		const results = await store.write(({ vehicles }) =>
			vehicles.upsertMany(
				'plate',
				[
					{ plate: 'HH AB 2', vin: 'VIN2', attributes: { seats: 2 } },
					{
						plate: 'HH AB 1',
						vin: 'VIN1',
						make: undefined,
						model: 'TGE',
						year: null,
						attributes: { seats: 5 },
					},
				],
				AT + 1,
			),
		);
		expect(results).toEqual([
			{ id: expect.any(Number) as number, created: true },
			{ id: before.id, created: false },
		]);
		const after = await store.read(({ vehicles }) => vehicles.get(before.id));
		expect(after).toEqual({
			...before,
			vin: 'VIN1',
			model: 'TGE',
			year: null,
			attributes: { depot: 'Kiel', seats: 5 },
			updatedAt: AT + 1,
		});
		expect(await store.read(({ vehicles }) => vehicles.get(results[0]?.id ?? 0))).toMatchObject({
			plate: 'HH AB 2',
			vin: 'VIN2',
			make: null,
			createdAt: AT + 1,
		});
	});

	it("refuses another vehicle's key before it writes anything, and the transaction goes on", async () => {
		const { store } = use();
		await store.write(async ({ vehicles }) => {
			await vehicles.create(vehicleFields({ vin: 'VIN1', plate: 'P1' }), AT);
			const clash = [
				{ vin: 'VIN2', plate: 'P2' },
				{ vin: 'VIN3', plate: 'P1' },
			];
			const error = await vehicles.upsertMany('vin', clash, AT).catch((e: unknown) => e);
			expect(error).toBeInstanceOf(DuplicateRecordError);
			expect(error).toMatchObject({ field: 'plate', value: 'P1' });
			const twice = [
				{ vin: 'VIN2', externalId: 'E' },
				{ vin: 'VIN3', externalId: 'E' },
			];
			await expect(vehicles.upsertMany('vin', twice, AT)).rejects.toThrow(DuplicateRecordError);
			await vehicles.upsertMany('vin', [{ vin: 'VIN1', plate: 'P1', name: 'Own key' }], AT);
		});
		const left = await store.read(({ vehicles }) => vehicles.find());
		expect(left.map(({ vin, name }) => [vin, name])).toEqual([['VIN1', 'Own key']]);
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
