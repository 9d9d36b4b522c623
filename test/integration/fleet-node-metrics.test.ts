import { join } from 'node:path';
import { openStore } from '../../src/adapters/store/open-store';
import type { SavedFeedRun } from '../../src/app/ports/store-operations';
import { fleetNode, VIN } from './fleet-node-lib';

const fleet = fleetNode();
const REPORTED_AT = new Date(Date.now() - 100 * 86_400_000).toISOString();

const run = (savedAt: number, changes: Partial<SavedFeedRun> = {}): SavedFeedRun => ({
	process: 'host:17',
	feed: 'fleet.status',
	group: 'fleet',
	savedAt,
	startedAt: savedAt - 100_000,
	isUp: true,
	stateSince: savedAt - 90_000,
	downReason: null,
	...{ accepted: 10_000, duplicates: 400, stale: 20, rejected: 100, lost: 0, fired: 3, cleared: 2 },
	batchSeconds: {
		count: 200,
		sum: 4,
		buckets: [
			{ atMost: 0.01, count: 150 },
			{ atMost: 0.05, count: 198 },
			{ atMost: 0.1, count: 199 },
		],
	},
	failedTries: 1,
	lastBatchAt: savedAt - 5,
	lag: 12,
	...changes,
});

async function save(runs: readonly SavedFeedRun[]): Promise<void> {
	const store = await openStore({ kind: 'sqlite', path: join(fleet.folder, 'fleet.sqlite') });
	await store.write(async ({ feedRuns }) => {
		for (const one of runs) await feedRuns.save(one);
	});
	await store.close();
}

describe('metrics', () => {
	it('of feeds are one item for each run of every process', async () => {
		const metrics = { resource: 'feed', operation: 'getMetrics' };
		expect(await fleet.json(metrics)).toEqual([]);
		const now = Date.now();
		await save([
			run(now - 10_000),
			run(now, { startedAt: now - 110_000, accepted: 14_500, duplicates: 900, rejected: 600 }),
			run(now - 60_000, { process: 'killed', isUp: false, downReason: 'Redis refused' }),
			run(now, {
				process: 'new',
				isUp: false,
				downReason: 'Redis refused',
				lag: null,
				startedAt: now - 1000,
			}),
		]);
		const [kept, silent, down] = await fleet.json(metrics);
		expect(kept).toEqual({
			feed: 'fleet.status',
			group: 'fleet',
			process: 'host:17',
			state: 'up',
			stateSinceAt: new Date(now - 90_000).toISOString(),
			reason: null,
			lag: 12,
			messagesPerSecond: 550,
			...{ accepted: 14_500, duplicates: 900, stale: 20, rejected: 600, lost: 0, fired: 3, cleared: 2 },
			batches: 200,
			batchMeanMs: 20,
			batchP99Ms: 50,
			failedTries: 1,
			startedAt: new Date(now - 110_000).toISOString(),
			lastBatchAt: new Date(now - 5).toISOString(),
			savedAt: new Date(now).toISOString(),
		});
		expect(silent).toMatchObject({ process: 'killed', state: 'silent', messagesPerSecond: 0 });
		expect(down).toMatchObject({
			state: 'down',
			reason: 'Redis refused',
			lag: null,
			messagesPerSecond: 10_500,
		});
	});

	it('of the store tell how much there is', async () => {
		await fleet.json({ resource: 'vehicle', operation: 'create', vin: VIN });
		await fleet.report({ vehicle: VIN, reportedAt: REPORTED_AT, attributes: { fuelLevel: 12 } });
		await fleet.report({ vehicle: 'unknown', reportedAt: REPORTED_AT, attributes: {} });
		expect(await fleet.json({ resource: 'store', operation: 'getMetrics' })).toEqual([
			{
				vehicles: 1,
				historyRows: 1,
				openFirings: 0,
				pendingActions: 0,
				deadActions: 0,
				oldestPendingActionAt: null,
				rejectedMessages: [{ feed: 'test', count: 1 }],
			},
		]);
	});
});

describe('cleaning up', () => {
	const cleanUp = { resource: 'store', operation: 'cleanUp' };

	it('removes what is old, and history only when it is told to', async () => {
		const gone = { inboxRemoved: 0, logsRemoved: 0, actionsRemoved: 0, rejectedMessagesRemoved: 0 };
		// The run that was killed ended a minute ago.
		expect(await fleet.json(cleanUp)).toEqual([
			{ ...gone, feedRunsRemoved: 0, historyThinned: 0, historyRemoved: 0, isComplete: true },
		]);
		expect(await fleet.json({ ...cleanUp, options: { historyDays: 30 } })).toMatchObject([
			{ historyRemoved: 1 },
		]);
	});

	it('refuses an age that is none', async () => {
		await expect(fleet.json({ ...cleanUp, inboxDays: -3 })).rejects.toMatchObject({
			message: '-3 days is no age that anything can have [item 0]',
		});
	});
});
