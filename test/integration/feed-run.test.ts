import { DatabaseSync } from 'node:sqlite';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { embeddedBus } from '../../src/adapters/bus/embedded';
import { redisStreamsBus } from '../../src/adapters/bus/redis-streams';
import type { FeedListener, FeedRun, FeedRunOptions } from '../../src/app/feed/feed-run';
import type { BatchResult } from '../../src/app/feed/process-batch';
import { startFeedRun } from '../../src/app/feed/run-feed';
import type { MessageBus } from '../../src/app/ports/message-bus';
import { createRule } from '../../src/app/records/rules';
import { eventually } from '../e2e/tools/eventually';
import { feedFixture, MINUTE, report, standardFleet, type FeedFixture } from '../lib/feed-fixture';
import { describeWith, startRedis } from '../lib/services/redis';

const FEED = 'statuses';

let fixture: FeedFixture;
let bus: MessageBus;
let run: FeedRun | undefined;
let results: BatchResult[];
let told: string[];

beforeEach(async () => {
	fixture = await feedFixture();
	await standardFleet(fixture);
	bus = embeddedBus(fixture.store.database);
	results = [];
	told = [];
});

afterEach(async () => {
	await run?.stop();
	run = undefined;
	await bus.close();
	await fixture.close();
});

const listener: FeedListener = {
	onResult: (result) => void results.push(result),
	onState: ({ up }) => void told.push(up ? 'up' : 'down'),
	onLoss: ({ count }) => void told.push(`lost ${count}`),
	onFailure: (what, error) => void told.push(`${what}: ${error?.message ?? 'works'}`),
};

const start = async (options: Partial<FeedRunOptions> = {}, over = bus) =>
	(run = await startFeedRun(
		{ bus: over, fleet: fixture.fleet },
		{ feed: FEED, group: 'fleet', batchSize: 100, ...options },
		listener,
	));

const messages = (ids: readonly string[], more: Record<string, unknown> = {}, minutes = -60) =>
	ids.map((messageId, index) => ({
		key: 'M-AB 123',
		payload: JSON.stringify(
			report('M-AB 123', minutes + index / 1000, { fuelLevel: 50, ...more }, { messageId }),
		),
	}));

const numbered = (count: number, prefix = 'good') =>
	Array.from({ length: count }, (_, index) => `${prefix}-${index}`);

const sql = async (text: string) => await fixture.store.database.write(async (query) => await query(text));
const idsTaken = async () =>
	(await sql('SELECT "messageId" FROM status_history ORDER BY id')).map(({ messageId }) => messageId);
const quarantine = async () =>
	await fixture.store.read(async (session) => await session.quarantine.find({ limit: 100, offset: 0 }));
const refuseInserts = async (when: string) =>
	await sql(
		`CREATE TRIGGER refuse BEFORE INSERT ON status_history ${when} BEGIN SELECT RAISE(ABORT, 'value refused'); END`,
	);

describe('a feed’s run', () => {
	it('takes what is published, fires, and counts', async () => {
		await start();
		await bus.publish(FEED, [...messages(numbered(30)), ...messages(['low'], { fuelLevel: 3 }, -30)]);
		await bus.publish(FEED, [...messages(numbered(10)), { key: 'x', payload: 'no message' }]);
		await eventually('all is counted', async () => (await run?.metrics())?.rejected === 1);
		const metrics = await run?.metrics();
		expect(metrics).toMatchObject({
			...{ feed: FEED, group: 'fleet', isUp: true, downReason: null, accepted: 31, duplicates: 10 },
			...{ rejected: 1, fired: 1, lost: 0, failedTries: 0 },
		});
		expect(metrics?.batchSeconds.count).toBeGreaterThan(0);
		expect(metrics?.batchSeconds.buckets.at(-1)?.count).toBe(metrics?.batchSeconds.count);
		await eventually('the firing is told', () => results.some(({ fired }) => fired.length > 0));
		expect(results.flatMap(({ fired }) => fired.map(({ vehicle }) => vehicle.plate))).toEqual(['M-AB 123']);
		expect(told).toEqual(['up']);
	});

	it('quarantines the messages that the store refuses, with the reason, and takes all others in their order', async () => {
		await refuseInserts(`WHEN NEW."messageId" LIKE 'bad-%'`);
		const ids = [...numbered(40, 'a'), 'bad-1', ...numbered(20, 'b'), 'bad-2', ...numbered(30, 'c')];
		await bus.publish(FEED, messages(ids));
		await start();
		const settled = async () => {
			const metrics = await run?.metrics();
			return metrics?.accepted === 90 && metrics.rejected === 2;
		};
		await eventually('all is taken or quarantined', settled, 20_000);
		expect(await idsTaken()).toEqual(ids.filter((id) => !id.startsWith('bad')));
		const kept = await quarantine();
		expect(
			kept.map(({ payload }) => (JSON.parse(payload) as { messageId: string }).messageId).sort(),
		).toEqual(['bad-1', 'bad-2']);
		expect(kept[0]?.reason).toContain('cannot be processed: value refused');
		await eventually('it is told', () => told.length === 3);
		expect(told).toEqual(['up', expect.stringContaining('messages: value refused'), 'messages: works']);
		expect(results.flatMap(({ rejected }) => rejected)).toHaveLength(2);

		await bus.publish(FEED, messages(['later']));
		await eventually('the feed goes on', async () => (await idsTaken()).includes('later'));
	}, 40_000);

	it('quarantines nothing while the store takes nothing at all, and goes on when it is mended', async () => {
		await refuseInserts('');
		await bus.publish(FEED, messages(numbered(50)));
		await start({ maxTries: 1 });
		await eventually('it was tried', async () => ((await run?.metrics())?.failedTries ?? 0) > 3, 20_000);
		expect(await quarantine()).toEqual([]);
		expect(told).toEqual(['up', expect.stringContaining('messages: value refused')]);
		await sql('DROP TRIGGER refuse');
		await eventually('all is taken', async () => (await idsTaken()).length === 50, 20_000);
		await eventually('it is told', () => told.length === 3);
		expect(told[2]).toBe('messages: works');
		expect(await quarantine()).toEqual([]);
	}, 50_000);

	it('holds the feed up while its listener cannot keep up', async () => {
		let letGo = () => undefined as void;
		run = await startFeedRun(
			{ bus, fleet: fixture.fleet },
			{ feed: FEED, group: 'fleet', batchSize: 10 },
			{ ...listener, onResult: async () => await new Promise<void>((resolve) => (letGo = resolve)) },
		);
		await bus.publish(FEED, messages(numbered(40)));
		await eventually('one batch is told, another taken', async () => (await idsTaken()).length === 20);
		await new Promise((resolve) => setTimeout(resolve, 500));
		expect(await idsTaken()).toHaveLength(20);
		letGo();
		await eventually('the third follows', async () => (await idsTaken()).length === 30);
		const stoppedAt = Date.now();
		await run.stop(3000);
		expect(Date.now() - stoppedAt).toBeLessThan(5000);
		run = undefined;
	});

	it('takes no vehicle for silent whose messages another reader of the group is still catching up with', async () => {
		await createRule(fixture.fleet, {
			name: 'Silent',
			pattern: { absent: { forSeconds: 600 } },
			actions: [],
		});
		const fired = () => results.flatMap((result) => result.fired.map(({ firing }) => firing.ruleName));
		await bus.publish(FEED, messages(['first'], {}, -60));
		await start();
		await eventually('the vehicle is known', async () => (await idsTaken()).length === 1);
		await run?.stop();
		// What it sent in an hour, once in six seconds.
		const ids = numbered(590);
		await bus.publish(
			FEED,
			ids.flatMap((id, index) => messages([id], {}, -59.9 + index / 10)),
		);
		const slow: FeedListener = {
			...listener,
			onResult: async (result) => {
				results.push(result);
				await new Promise((resolve) => setTimeout(resolve, 130));
			},
		};
		const options = { feed: FEED, group: 'fleet', batchSize: 10 };
		run = await startFeedRun({ bus, fleet: fixture.fleet }, options, slow);
		const standby = await startFeedRun({ bus, fleet: fixture.fleet }, options, listener);
		try {
			await eventually('all is taken', async () => (await idsTaken()).length === 591, 30_000);
			expect(fired()).toEqual([]);
			fixture.now += 11 * MINUTE;
			await eventually('the clock decides again', () => fired().includes('Silent'), 10_000);
		} finally {
			await standby.stop();
		}
	}, 60_000);

	it('tells a loss, and writes it in the log', async () => {
		const losing: MessageBus = {
			...bus,
			subscribe: async (feed, options, onBatch) => {
				options.onLoss?.({ count: 7, reason: 'the stream was trimmed' });
				return await bus.subscribe(feed, options, onBatch);
			},
		};
		await start({}, losing);
		const logs = async () => await fixture.store.read(async (session) => await session.logs.find());
		await eventually('it is logged', async () => (await logs()).length > 0);
		expect(await logs()).toMatchObject([
			{
				level: 'error',
				message: "Messages were lost: 7 of the feed 'statuses' (the stream was trimmed)",
			},
		]);
		expect(told).toContain('lost 7');
		expect((await run?.metrics())?.lost).toBe(7);
	});
});

describeWith('redis', 'a feed’s run over Redis Streams', () => {
	it('keeps its memory flat while the store is held up and messages keep coming', async () => {
		setFlagsFromString('--expose-gc');
		const collectGarbage = runInNewContext('gc') as () => void;
		const usedMb = () => {
			collectGarbage();
			const { heapUsed, external, arrayBuffers } = process.memoryUsage();
			return (heapUsed + external + arrayBuffers) / 1e6;
		};
		const redis = await startRedis();
		const streams = redisStreamsBus({ host: redis.host, port: redis.port });
		const locker = new DatabaseSync(fixture.path);
		try {
			await start({ batchSize: 200 }, streams);
			await streams.publish(FEED, messages(['first']));
			await eventually('the feed runs', async () => (await idsTaken()).length === 1);
			const before = usedMb();
			locker.exec('BEGIN IMMEDIATE');
			const text = 'x'.repeat(2000);
			for (let chunk = 0; chunk < 40; chunk++) {
				await streams.publish(FEED, messages(numbered(500, `chunk-${chunk}`), { text }));
			}
			await new Promise((resolve) => setTimeout(resolve, 2000));
			expect((await run?.metrics())?.accepted).toBe(1);
			// What was published is about 45 MB.
			expect(usedMb() - before).toBeLessThan(15);
			locker.exec('ROLLBACK');
			await eventually('all is taken', async () => (await run?.metrics())?.accepted === 20_001, 40_000);
			expect(await quarantine()).toEqual([]);
		} finally {
			locker.close();
			await run?.stop();
			await streams.close();
			await redis.stop();
		}
	}, 90_000);
});
