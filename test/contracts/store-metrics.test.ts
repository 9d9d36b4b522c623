import { AT, firing, report, ruleFields, vehicleFields } from './store/samples';
import { describeStores } from './store/stores';

describeStores('metrics of the store', (use) => {
	it('are zero where nothing is', async () => {
		expect(await use().store.read(({ metrics }) => metrics.read())).toEqual({
			vehicles: 0,
			historyRows: 0,
			openFirings: 0,
			pendingActions: 0,
			deadActions: 0,
			oldestPendingActionAt: null,
			rejectedMessages: [],
		});
	});

	it('count what is open, waits and was rejected', async () => {
		const { store } = use();
		await store.write(async ({ vehicles, statuses, rules, firings, actions, quarantine }) => {
			const { id } = await vehicles.create(vehicleFields({ vin: 'VIN1' }), AT);
			await statuses.append([report(id), report(id, { messageId: 'm-2' }), report(id, { messageId: 'm-3' })]);
			const live = (await rules.create(ruleFields(), AT)).id;
			const trial = (await rules.createShadow(live, ruleFields(), AT)).id;
			const [first = 0, second = 0] = await firings.open([
				firing({ ruleId: live, vehicleId: id }),
				firing({ ruleId: live, vehicleId: id, messageId: 'm-2' }),
				firing({ ruleId: trial, vehicleId: id, isShadow: true }),
				firing({ ruleId: live, vehicleId: id, messageId: 'm-3' }),
			]);
			await firings.clear([{ id: second, clearedAt: AT }]);
			const content = { type: 'storeLog', message: 'x' } as const;
			const of = { firingId: first, occurredAt: AT, content, result: null };
			await actions.add([{ ...of, position: 0, state: 'done' }], AT - 9);
			await actions.add([{ ...of, position: 1, state: 'pending' }], AT - 5);
			await actions.add([{ ...of, position: 2, state: 'pending' }], AT - 4);
			const [claimed] = await actions.claim({ token: 't', now: AT, leaseMs: 9, limit: 1 });
			await actions.markDead(claimed?.id ?? 0, 't', 'refused');
			const bad = { payload: '{', reason: 'Not JSON', field: null, receivedAt: AT };
			await quarantine.add([
				{ ...bad, feed: 'b', messageId: '1' },
				{ ...bad, feed: 'b', messageId: '2' },
				{ ...bad, feed: 'a', messageId: '1' },
			]);
		});
		const { historyRows, ...others } = await store.read(({ metrics }) => metrics.read());
		expect(others).toEqual({
			vehicles: 1,
			openFirings: 2,
			pendingActions: 1,
			deadActions: 1,
			oldestPendingActionAt: AT - 4,
			rejectedMessages: [
				{ feed: 'a', count: 1 },
				{ feed: 'b', count: 2 },
			],
		});
		// PostgreSQL counts in the background, a little later.
		expect([0, 3]).toContain(historyRows);
		if (store.database.kind === 'sqlite') expect(historyRows).toBe(3);
	});
});
