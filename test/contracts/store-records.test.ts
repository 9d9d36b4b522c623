import { DuplicateRecordError } from '../../src/app/errors';
import { AT, customerFields, taskFields } from './store/samples';
import { describeStores } from './store/stores';

describeStores('records', (use) => {
	it('creates, reads, changes and removes a customer', async () => {
		const { store } = use();
		const fields = customerFields({ externalId: 'C-1', attributes: { vip: true, rate: 1.5, region: 'Süd' } });
		const created = await store.write((session) => session.customers.create(fields, AT));
		expect(created).toEqual({ ...fields, id: created.id, createdAt: AT, updatedAt: AT });
		expect(await store.read((session) => session.customers.get(created.id))).toEqual(created);

		const changes = { phone: '+49 40 1', email: null, name: undefined };
		const changed = await store.write((session) => session.customers.update(created.id, changes, AT + 1));
		expect(changed).toEqual({ ...created, phone: '+49 40 1', email: null, updatedAt: AT + 1 });

		await store.write(async (session) => {
			expect(await session.customers.remove(created.id)).toBe(true);
			expect(await session.customers.remove(created.id)).toBe(false);
			expect(await session.customers.get(created.id)).toBeNull();
			expect(await session.customers.update(created.id, { name: 'x' }, AT)).toBeNull();
		});
	});

	it('refuses a key that another record has, names it, and goes on in the same transaction', async () => {
		const { store } = use();
		const ids = await store.write(async ({ customers }) => {
			const first = await customers.create(customerFields({ externalId: 'C-1' }), AT);
			const second = await customers.create(customerFields({ externalId: 'C-2' }), AT);
			const error = await customers
				.create(customerFields({ externalId: 'C-1' }), AT)
				.catch((e: unknown) => e);
			expect(error).toBeInstanceOf(DuplicateRecordError);
			expect(error).toMatchObject({ field: 'externalId', value: 'C-1' });
			await expect(customers.update(second.id, { externalId: 'C-1' }, AT)).rejects.toThrow(
				DuplicateRecordError,
			);
			await customers.update(first.id, { externalId: 'C-1', name: 'Own key again' }, AT);
			return [first.id, second.id];
		});
		const left = await store.read(({ customers }) => customers.find());
		expect(left.map(({ id, name }) => [id, name])).toEqual([
			[ids[0], 'Own key again'],
			[ids[1], 'Nordlicht Logistik'],
		]);
	});

	it('finds by equality with null, sorts with empty fields first, and pages without overlap', async () => {
		const { store } = use();
		await store.write(async ({ customers }) => {
			for (const [name, email] of [
				['a', null],
				['b', 'x@y.z'],
				['c', null],
				['d', 'a@y.z'],
			] as const) {
				await customers.create(customerFields({ name, email }), AT);
			}
		});
		await store.read(async ({ customers }) => {
			const names = async (query: Parameters<typeof customers.find>[0]) =>
				(await customers.find(query)).map(({ name }) => name).join('');
			expect(await names({ where: { email: null } })).toBe('ac');
			expect(await names({ where: { email: 'x@y.z', phone: undefined } })).toBe('b');
			expect(await names({ orderBy: 'email' })).toBe('acdb');
			expect(await names({ orderBy: 'email', descending: true })).toBe('bdca');
			expect(await names({ descending: true, limit: 2 })).toBe('dc');
			expect(await names({ limit: 2, offset: 1 })).toBe('bc');
			expect(await names({ offset: 3 })).toBe('d');
			expect(await customers.count()).toBe(4);
			expect(await customers.count({ where: { email: null } })).toBe(2);
		});
	});

	it('searches a part of names and keys in any case, taking wildcards for what they are', async () => {
		const { store } = use();
		await store.write(async ({ customers }) => {
			await customers.create(customerFields({ name: 'MÜLLER & Söhne', externalId: 'K_1', email: null }), AT);
			await customers.create(customerFields({ name: "O'Hara 100% Ltd", externalId: 'KX1', email: null }), AT);
		});
		await store.read(async ({ customers }) => {
			const found = async (search: string) =>
				(await customers.find({ search })).map(({ externalId }) => externalId);
			expect(await found('müller')).toEqual(['K_1']);
			expect(await found("o'hara")).toEqual(['KX1']);
			expect(await found('k_1')).toEqual(['K_1']);
			expect(await found('100%')).toEqual(['KX1']);
			expect(await found('\\')).toEqual([]);
			expect(await found(' ')).toEqual(['K_1', 'KX1']);
			expect(await customers.count({ search: 'k', where: { name: 'MÜLLER & Söhne' } })).toBe(1);
		});
	});

	it('keeps text of any kind: quotes, emoji, and U+0000 as the replacement character where it must', async () => {
		const { store } = use();
		const name = `"; DROP TABLE customer; -- ' ? $1 🚚`;
		const created = await store.write(async ({ customers }) => {
			const customer = await customers.create(customerFields({ name, attributes: { note: 'a\0b' } }), AT);
			await customers.create(customerFields({ name: 'a\0b' }), AT);
			return customer;
		});
		expect(created).toMatchObject({ name, attributes: { note: 'a\0b' } });
		expect(await store.read(({ customers }) => customers.count({ where: { name } }))).toBe(1);
	});

	it('moves a task only from the state that it is in', async () => {
		const { store } = use();
		await store.write(async ({ tasks }) => {
			const task = await tasks.create(taskFields({ dueAt: AT + 9 }), AT, 7);
			const many = await tasks.createMany(
				[
					{ ...taskFields({ title: 'a' }), firingId: 8 },
					{ ...taskFields({ title: 'b', vehicleId: 3 }), firingId: 9 },
				],
				AT,
			);
			expect([...(await tasks.getMany(many.map(({ id }) => id))).values()]).toEqual(many);
			expect(many.map(({ title, firingId }) => [title, firingId])).toEqual([
				['a', 8],
				['b', 9],
			]);
			expect(task).toMatchObject({
				state: 'created',
				firingId: 7,
				ruleIds: [],
				closedAt: null,
				dueAt: AT + 9,
			});
			const done = await tasks.moveState(task.id, 'created', 'complete', AT + 1);
			expect(done).toMatchObject({ state: 'complete', closedAt: AT + 1, updatedAt: AT + 1 });
			expect(await tasks.moveState(task.id, 'created', 'canceled', AT + 2)).toBeNull();
			expect(await tasks.update(task.id, { title: 'New' }, AT + 3)).toMatchObject({
				title: 'New',
				state: 'complete',
			});
			expect(await tasks.count({ where: { state: 'complete' } })).toBe(1);
			expect(await tasks.remove(task.id)).toBe(true);
			expect(await tasks.update(task.id, { title: 'x' }, AT)).toBeNull();
		});
	});

	it('keeps logs in the order in which they came', async () => {
		const { store } = use();
		const entry = { at: AT, level: 'info', message: 'm', vehicleId: null, firingId: null } as const;
		const ids = await store.write(({ logs }) =>
			logs.append(Array.from({ length: 123 }, (_, i) => ({ ...entry, message: `m${i}`, vehicleId: i }))),
		);
		await store.write(async ({ logs }) => {
			expect(await logs.get(ids[57] ?? 0)).toEqual({ ...entry, id: ids[57], message: 'm57', vehicleId: 57 });
			expect(
				(await logs.find({ search: 'M12', where: { level: 'info' } })).map((log) => log.vehicleId),
			).toEqual([12, 120, 121, 122]);
			expect(await logs.remove(ids[0] ?? 0)).toBe(true);
			expect(await logs.count()).toBe(122);
		});
	});
});
