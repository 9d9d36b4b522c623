import type { SavedFeedRun } from '../../src/app/ports/store-operations';
import { AT } from './store/samples';
import { describeStores } from './store/stores';

const savedRun = (changes: Partial<SavedFeedRun> = {}): SavedFeedRun => ({
	process: 'host:17',
	feed: 'statuses',
	group: 'fleet',
	savedAt: AT,
	startedAt: AT - 60_000,
	isUp: true,
	stateSince: AT - 30_000,
	downReason: null,
	accepted: 1234,
	duplicates: 5,
	stale: 2,
	rejected: 1,
	lost: 0,
	fired: 3,
	cleared: 2,
	batchSeconds: {
		count: 7,
		sum: 0.125,
		buckets: [
			{ atMost: 0.01, count: 4 },
			{ atMost: 0.1, count: 7 },
		],
	},
	failedTries: 0,
	lastBatchAt: AT - 5,
	lag: null,
	...changes,
});

describeStores('runs of feeds', (use) => {
	it('keeps the newest of each process, feed and group as it is given', async () => {
		const { store } = use();
		const runs = [
			savedRun({ feed: 'alarms', isUp: false, downReason: "Redis says 'no'", lag: 12, lastBatchAt: null }),
			savedRun({ group: 'audit' }),
			savedRun(),
			savedRun({ process: 'worker two' }),
		];
		await store.write(async ({ feedRuns }) => {
			await feedRuns.save(savedRun({ accepted: 1, startedAt: AT - 90_000, savedAt: AT - 10_000 }));
			for (const run of runs.toReversed()) await feedRuns.save(run);
		});
		expect(await store.read(({ feedRuns }) => feedRuns.list())).toEqual(
			runs.map((run) => ({ ...run, earlier: null })),
		);
	});

	it('tells how a run was doing the time before, so that a rate can be told', async () => {
		const { store } = use();
		const earlier = savedRun({ accepted: 1000, savedAt: AT - 10_000 });
		await store.write(async ({ feedRuns }) => {
			await feedRuns.save(savedRun({ accepted: 10, savedAt: AT - 20_000 }));
			await feedRuns.save(earlier);
			await feedRuns.save(savedRun());
		});
		expect(await store.read(({ feedRuns }) => feedRuns.list())).toEqual([{ ...savedRun(), earlier }]);
	});

	it('forgets those of processes that have ended', async () => {
		const { store } = use();
		await store.write(async ({ feedRuns }) => {
			await feedRuns.save(savedRun({ process: 'ended', savedAt: AT - 1 }));
			await feedRuns.save(savedRun());
			expect(await feedRuns.removeBefore(AT)).toBe(1);
			expect(await feedRuns.removeBefore(AT)).toBe(0);
			await feedRuns.save(savedRun({ group: 'audit' }));
			await feedRuns.remove(savedRun({ group: 'audit' }));
			expect(await feedRuns.list()).toEqual([{ ...savedRun(), earlier: null }]);
		});
	});
});
