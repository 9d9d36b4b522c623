import { RecordNotFoundError } from '../../src/app/errors';
import { AT, firing, ruleFields, taskFields } from './store/samples';
import { describeStores } from './store/stores';

describeStores('rules', (use) => {
	it('counts the versions of a rule, and keeps its pattern, scope and actions as they are', async () => {
		const { store } = use();
		const fields = ruleFields({
			scope: { vehicles: 'customer', customerId: 4 },
			pattern: { all: [{ attribute: 'a', operator: 'in', value: [1, 'x', true] }, { not: { any: [] } }] },
		});
		await store.write(async ({ rules }) => {
			const rule = await rules.create(fields, AT);
			expect(rule).toEqual({
				...fields,
				id: rule.id,
				version: 1,
				shadowOf: null,
				createdAt: AT,
				updatedAt: AT,
			});
			const changed = await rules.update(rule.id, { enabled: false }, AT + 1);
			expect(changed).toEqual({ ...rule, enabled: false, version: 2, updatedAt: AT + 1 });
			expect(await rules.find({ where: { enabled: false }, search: 'FUEL' })).toEqual([changed]);
			expect(await rules.update(999, { name: 'x' }, AT)).toBeNull();
			expect(await rules.remove(rule.id)).toBe(true);
			expect(await rules.remove(rule.id)).toBe(false);
		});
	});

	it('gives the feed enabled rules and the open tasks that they are attached to', async () => {
		const { store } = use();
		await store.write(async ({ rules, tasks }) => {
			const on = await rules.create(ruleFields({ scope: { vehicles: 'tasks' } }), AT);
			const off = await rules.create(ruleFields({ enabled: false }), AT);
			const ofVehicle = await tasks.create(taskFields({ vehicleId: 5 }), AT);
			const ofAll = await tasks.create(taskFields(), AT);
			const canceled = await tasks.create(taskFields({ customerId: 6 }), AT);
			for (const { id } of [ofVehicle, ofAll, canceled]) {
				await tasks.attachRule(id, on.id);
				await tasks.attachRule(id, off.id);
			}
			expect(await tasks.get(ofAll.id)).toMatchObject({ ruleIds: [on.id, off.id] });
			await tasks.moveState(canceled.id, 'created', 'canceled', AT);
			expect(await rules.active()).toEqual({
				revision: await rules.revision(),
				rules: [on],
				taskWatches: [
					{ ruleId: on.id, taskId: ofVehicle.id, vehicleId: 5, customerId: null },
					{ ruleId: on.id, taskId: ofAll.id, vehicleId: null, customerId: null },
				],
				geofences: [],
			});
			await rules.remove(on.id);
			expect(await tasks.find({ where: { state: 'created' } })).toMatchObject([
				{ ruleIds: [off.id] },
				{ ruleIds: [off.id] },
			]);
			await expect(tasks.attachRule(ofAll.id, 999)).rejects.toThrow(RecordNotFoundError);
			await expect(tasks.attachRule(999, off.id)).rejects.toThrow(RecordNotFoundError);
		});
	});

	it('changes its revision with whatever the feed evaluates by, and with nothing else', async () => {
		const { store } = use();
		const changes = async (
			work: (session: Parameters<Parameters<typeof store.write>[0]>[0]) => Promise<unknown>,
		) =>
			await store.write(async (session) => {
				const before = await session.rules.revision();
				await work(session);
				return (await session.rules.revision()) !== before;
			});
		const [rule, task] = await store.write(async ({ rules, tasks }) => [
			await rules.create(ruleFields(), AT),
			await tasks.create(taskFields(), AT),
		]);
		expect(await changes(({ rules }) => rules.create(ruleFields(), AT))).toBe(true);
		expect(await changes(({ rules }) => rules.update(rule.id, { enabled: false }, AT))).toBe(true);
		expect(await changes(({ tasks }) => tasks.attachRule(task.id, rule.id))).toBe(true);
		expect(await changes(({ tasks }) => tasks.attachRule(task.id, rule.id))).toBe(false);
		expect(await changes(({ tasks }) => tasks.update(task.id, { vehicleId: 3 }, AT))).toBe(true);
		expect(await changes(({ tasks }) => tasks.update(task.id, { title: 'x' }, AT))).toBe(false);
		expect(await changes(({ tasks }) => tasks.moveState(task.id, 'created', 'complete', AT))).toBe(true);
		expect(await changes(({ tasks }) => tasks.moveState(task.id, 'created', 'complete', AT))).toBe(false);
		expect(await changes(({ tasks }) => tasks.detachRule(task.id, rule.id))).toBe(true);
		expect(await changes(({ tasks }) => tasks.detachRule(task.id, rule.id))).toBe(false);
		expect(await changes(({ tasks }) => tasks.remove(task.id))).toBe(true);
		expect(await changes(({ rules }) => rules.remove(rule.id))).toBe(true);
		const failed = store.write(async ({ rules }) => {
			await rules.create(ruleFields(), AT);
			throw new Error('no');
		});
		const before = await store.read(({ rules }) => rules.revision());
		await expect(failed).rejects.toThrow('no');
		expect(await store.read(({ rules }) => rules.revision())).toBe(before);
	});

	it('opens, clears and acknowledges firings once', async () => {
		const { store } = use();
		await store.write(async ({ firings }) => {
			const ids = await firings.open(Array.from({ length: 113 }, (_, i) => firing({ vehicleId: i })));
			const [first = 0, second = 0] = ids;
			expect(await firings.get(ids[112] ?? 0)).toEqual({
				...firing({ vehicleId: 112 }),
				id: ids[112],
				clearedAt: null,
				acknowledgedAt: null,
			});
			const cleared = await firings.clear([
				{ id: first, clearedAt: AT + 1 },
				{ id: first, clearedAt: AT + 2 },
				{ id: 99_999, clearedAt: AT },
			]);
			expect(cleared).toEqual(new Map([[first, { ...(await firings.get(first)), clearedAt: AT + 1 }]]));
			const many = ids.slice(2).map((id) => ({ id, clearedAt: AT + id }));
			expect((await firings.clear([{ id: first, clearedAt: AT + 9 }, ...many])).size).toBe(111);
			expect(await firings.get(first)).toMatchObject({ clearedAt: AT + 1 });
			expect(await firings.get(ids[112] ?? 0)).toMatchObject({ clearedAt: AT + (ids[112] ?? 0) });
			expect(await firings.clear([])).toEqual(new Map());
			await firings.acknowledge(second, AT + 3);
			expect(await firings.acknowledge(second, AT + 4)).toMatchObject({ acknowledgedAt: AT + 3 });
			expect(await firings.acknowledge(99_999, AT)).toBeNull();
			expect(await firings.count({ where: { clearedAt: null } })).toBe(1);
		});
	});
});
