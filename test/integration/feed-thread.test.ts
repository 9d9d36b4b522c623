import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Worker } from 'node:worker_threads';
import { embeddedBus } from '../../src/adapters/bus/embedded';
import type { FeedListener, FeedRun } from '../../src/app/feed/feed-run';
import type { BatchResult } from '../../src/app/feed/process-batch';
import type { MessageBus } from '../../src/app/ports/message-bus';
import { FleetError } from '../../src/domain/errors';
import type { FeedJob } from '../../src/runner/feed-job';
import { startFeedJob } from '../../src/runner/start-feed-job';
import { startFeedThread } from '../../src/runner/start-feed-thread';
import { eventually } from '../e2e/tools/eventually';
import { feedFixture, standardFleet, type FeedFixture } from '../lib/feed-fixture';

const FEED = 'statuses';

let fixture: FeedFixture;
let bus: MessageBus;
let run: FeedRun | undefined;
let results: BatchResult[];
let told: string[];
let workers: Worker[];

beforeEach(async () => {
	fixture = await feedFixture();
	await standardFleet(fixture);
	bus = embeddedBus(fixture.store.database);
	[results, told, workers] = [[], [], []];
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

const job = (more: Partial<FeedJob> = {}): FeedJob => ({
	store: { kind: 'sqlite', path: fixture.path },
	transport: { kind: 'embedded' },
	run: { feed: FEED, group: 'fleet', batchSize: 100, process: 'the test' },
	...more,
});

let reported = Date.now() - 600_000;
const publish = async (...levels: readonly number[]) =>
	await bus.publish(
		FEED,
		levels.map((fuelLevel) => ({
			key: 'M-AB 123',
			payload: JSON.stringify({
				vehicle: 'M-AB 123',
				reportedAt: (reported += 1000),
				attributes: { fuelLevel },
			}),
		})),
	);
const fired = () => results.flatMap((result) => result.fired.map(({ vehicle }) => vehicle.plate));
const historyLength = async () =>
	await fixture.store.database.read(
		async (query) => (await query('SELECT count(*) AS n FROM status_history'))[0]?.n,
	);

describe.each([
	['in this thread', startFeedJob],
	['in a thread of its own', startFeedThread],
])('a feed %s', (_where, start) => {
	it('takes, fires, counts, and stops', async () => {
		run = await start(job(), listener);
		await publish(50, 3, 60);
		await eventually('it fires', () => fired().length === 1);
		expect(fired()).toEqual(['M-AB 123']);
		expect(await run.metrics()).toMatchObject({ feed: FEED, accepted: 3, fired: 1, isUp: true });
		await run.stop(1000);
		await publish(50);
		await new Promise((resolve) => setTimeout(resolve, 500));
		expect(await historyLength()).toBe(3);
		run = undefined;
	});

	it('says how a store that cannot be opened is mended', async () => {
		const opening = start(job({ store: { kind: 'sqlite', path: '/dev/null/fleet.sqlite' } }), listener);
		const error = await opening.then(
			() => null,
			(cause: unknown) => cause,
		);
		expect(error).toBeInstanceOf(FleetError);
		expect((error as FleetError).message).toContain('/dev/null');
		expect((error as FleetError).hint).toContain('Choose a folder');
	});

	it('holds the feed up until its listener has dealt with a result', async () => {
		let letGo = () => undefined as void;
		const slow = { ...listener, onResult: async () => await new Promise<void>((go) => (letGo = go)) };
		run = await start(job({ run: { ...job().run, batchSize: 2 } }), slow);
		await publish(50, 3, 60, 3, 60, 61);
		await eventually('one batch is told, another taken', async () => (await historyLength()) === 4);
		await new Promise((resolve) => setTimeout(resolve, 500));
		expect(await historyLength()).toBe(4);
		letGo();
		await eventually('the third follows', async () => (await historyLength()) === 6);
		await run.stop(200);
		run = undefined;
	});
});

describe('a feed’s thread', () => {
	const onThread = (message: unknown) => void workers.push((message as { worker: Worker }).worker);
	beforeEach(() => subscribe('worker_threads', onThread));
	afterEach(() => unsubscribe('worker_threads', onThread));

	it('is started anew when it ends, tells it once, and loses nothing', async () => {
		run = await startFeedThread(job(), listener);
		await publish(50);
		await eventually('it reads', async () => (await historyLength()) === 1);
		await workers.at(-1)?.terminate();
		await publish(3);
		await eventually('it reads again', () => fired().length === 1, 20_000);
		expect(told).toEqual([
			'up',
			expect.stringContaining(`The thread that reads the feed '${FEED}' ended`),
			'up',
			'messages: works',
		]);
		expect(await historyLength()).toBe(2);
		expect(workers).toHaveLength(2);
	}, 40_000);

	it('is ended by force when the store holds it beyond the time to stop', async () => {
		run = await startFeedThread(job(), listener);
		await publish(50);
		await eventually('it reads', async () => (await historyLength()) === 1);
		await fixture.store.database.write(async (query) => {
			await query('UPDATE vehicle SET name = name');
			const begunAt = Date.now();
			await run?.stop(500);
			expect(Date.now() - begunAt).toBeLessThan(20_000);
		});
		run = undefined;
		expect(await historyLength()).toBe(1);
	}, 40_000);
});
