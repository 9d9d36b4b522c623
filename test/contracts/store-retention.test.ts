import { pruneFleet } from '../../src/app/retention/prune-fleet';
import { AT, firing, report, vehicleFields } from './store/samples';
import { describeStores } from './store/stores';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const AGE = { before: AT, now: AT + DAY };

describeStores('retention', (use) => {
	const withVehicle = async () =>
		(await use().store.write(({ vehicles }) => vehicles.create(vehicleFields({ vin: 'VIN1' }), AT))).id;

	it('forgets the oldest messages of the inbox first, some at a time', async () => {
		await use().store.write(async ({ inbox, retention }) => {
			const ids = (prefix: string) => Array.from({ length: 30 }, (_, index) => `${prefix}-${index}`);
			await inbox.add('a', ids('old'), AT - 1);
			await inbox.add('b', ids('new'), AT);
			const removed = [];
			for (let index = 0; index < 4; index++) removed.push(await retention.removeAged('inbox', AGE, 12));
			expect(removed).toEqual([12, 12, 6, 0]);
			expect(await inbox.add('a', ids('old'), AT)).toHaveProperty('size', 30);
			expect(await inbox.add('b', ids('new'), AT)).toHaveProperty('size', 0);
		});
	});

	it('forgets what is old although the clock was ahead for a while, and nothing that may be new', async () => {
		await use().store.write(async ({ inbox, retention }) => {
			const ids = (prefix: string) => Array.from({ length: 20 }, (_, index) => `${prefix}-${index}`);
			const ahead = AGE.now + 365 * DAY;
			await inbox.add('a', ids('ahead'), ahead);
			await inbox.add('a', ids('old'), AT - 1);
			await inbox.add('a', ids('ahead again'), ahead);
			await inbox.add('a', ids('new'), AT);
			while ((await retention.removeAged('inbox', AGE, 6)) > 0);
			expect(await inbox.add('a', ids('old'), AT)).toHaveProperty('size', 20);
			expect(await inbox.add('a', [...ids('ahead again'), ...ids('new')], AT)).toHaveProperty('size', 0);
		});
	});

	it('removes old log entries, rejected messages and the done actions of firings that have cleared', async () => {
		const { store } = use();
		await store.write(async ({ logs, quarantine, firings, actions, retention }) => {
			const entry = { level: 'info', vehicleId: null, firingId: null } as const;
			await logs.append([
				{ ...entry, at: AT, message: 'new' },
				{ ...entry, at: AT - 1, message: 'old' },
			]);
			const bad = { feed: 'a', payload: '{', reason: 'Not JSON', field: null };
			await quarantine.add([
				{ ...bad, messageId: 'old', receivedAt: AT - 1 },
				{ ...bad, messageId: 'new', receivedAt: AT },
			]);
			const [cleared = 0, open = 0] = await firings.open([firing(), firing({ messageId: 'm-2' })]);
			await firings.clear([{ id: cleared, clearedAt: AT }]);
			const content = { type: 'storeLog', message: 'x' } as const;
			const of = (firingId: number, position: number) => ({
				firingId,
				position,
				occurredAt: AT,
				content,
				result: null,
			});
			await actions.add([{ ...of(cleared, 0), state: 'done' }], AT - 1);
			await actions.add([{ ...of(cleared, 1), state: 'pending' }], AT - 1);
			await actions.add([{ ...of(open, 0), state: 'done' }], AT - 1);
			await actions.add([{ ...of(cleared, 2), state: 'done' }], AT);
			const removed = [];
			for (const what of ['log', 'rejectedMessage', 'doneAction'] as const) {
				removed.push(await retention.removeAged(what, AGE, 10), await retention.removeAged(what, AGE, 10));
			}
			expect(removed).toEqual([1, 0, 1, 0, 1, 0]);
			expect(await logs.find()).toMatchObject([{ message: 'new' }]);
			expect(await quarantine.find()).toMatchObject([{ messageId: 'new' }]);
			expect((await actions.find()).map(({ firingId, position }) => [firingId, position])).toEqual([
				[cleared, 1],
				[open, 0],
				[cleared, 2],
			]);
		});
	});

	it('removes reports by their ids and keeps count; arrivals come in their order', async () => {
		const { store } = use();
		const id = await withVehicle();
		await store.write(async ({ statuses, retention }) => {
			expect(await retention.newestReportId()).toBe(0);
			await statuses.append(
				Array.from({ length: 250 }, (_, index) =>
					report(id, { messageId: `m-${index}`, reportedAt: AT - index }),
				),
			);
			const newest = await retention.newestReportId();
			const all = await retention.arrivals({ after: 0, through: newest, limit: 1000 });
			expect(all.map(({ reportedAt }) => reportedAt)).toEqual(
				Array.from({ length: 250 }, (_, index) => AT - index),
			);
			expect(await retention.removeReports(all.slice(0, 210).map((one) => one.id))).toBe(210);
			expect(await retention.removeReports([all[0]?.id ?? 0])).toBe(0);
			expect(await retention.arrivals({ after: 0, through: newest - 1, limit: 3 })).toEqual(
				all.slice(210, 213),
			);
			expect(await statuses.history(id, {})).toHaveLength(40);
		});
		if (store.database.kind === 'sqlite') {
			expect(await store.read(({ metrics }) => metrics.read())).toMatchObject({ historyRows: 40 });
		}
	});

	it('remembers how far the history was thinned', async () => {
		const { store } = use();
		const done = { until: AT, throughId: 7, running: null };
		const part = { until: AT + 1, throughId: 9, lateThroughId: 8, vehicleId: 3 };
		await store.write(async ({ retention }) => {
			expect(await retention.thinning()).toBeNull();
			await retention.saveThinning(done);
			await retention.removeReports([1]);
			expect(await retention.thinning()).toEqual(done);
			await retention.saveThinning({ ...done, running: part });
		});
		expect(await store.read(({ retention }) => retention.thinning())).toEqual({ ...done, running: part });
	});

	it('cleans a fleet up by the ages that it is given', async () => {
		const { store } = use();
		const id = await withVehicle();
		const at = (daysAgo: number, minutes: number) => AT - daysAgo * DAY + minutes * 60_000;
		await store.write(async ({ statuses, inbox }) => {
			const speeds = [50, 60, 55, 0, 70, 65, 40];
			const hour = (daysAgo: number) =>
				speeds.map((speed, index) =>
					report(id, {
						messageId: `${daysAgo}-${index}`,
						reportedAt: at(daysAgo, index),
						attributes: { speed },
					}),
				);
			await statuses.append([...hour(400), ...hour(100), ...hour(10)]);
			await inbox.add('a', ['old'], at(31, 0));
			await inbox.add('a', ['new'], at(29, 0));
		});
		const fleet = { store, clock: () => AT };
		expect(await pruneFleet(fleet, { thinHistoryDays: 90, historyDays: 365 })).toEqual({
			inboxRemoved: 1,
			historyThinned: 3,
			historyRemoved: 7,
			rejectedMessagesRemoved: 0,
			logsRemoved: 0,
			actionsRemoved: 0,
			feedRunsRemoved: 0,
			isComplete: true,
		});
		const left = (await store.read(({ statuses }) => statuses.history(id, {}))).map(
			({ messageId }) => messageId,
		);
		expect(left.toReversed()).toEqual([
			...['100-0', '100-3', '100-4', '100-6'],
			...Array.from({ length: 7 }, (_, index) => `10-${index}`),
		]);
		expect(await pruneFleet(fleet, { thinHistoryDays: 90, historyDays: 365 })).toMatchObject({
			inboxRemoved: 0,
			historyThinned: 0,
			historyRemoved: 0,
		});
		await expect(pruneFleet(fleet, { inboxDays: 0.5 })).rejects.toMatchObject({
			field: 'inboxDays',
			hint: 'Give at least 1 day, or 0 to keep all of it.',
		});
	});
});
