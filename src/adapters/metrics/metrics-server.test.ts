import { createServer } from 'node:net';
import type { FeedMetrics, StoreMetrics } from '../../app/ports/store-operations';
import { type MetricsServer, type MetricsServerOptions, startMetricsServer } from './metrics-server';

const AT = Date.parse('2026-03-01T08:00:00Z');

const run = (changes: Partial<FeedMetrics> = {}): FeedMetrics => ({
	feed: 'fleet.status',
	group: 'fleet',
	startedAt: AT,
	isUp: true,
	stateSince: AT,
	downReason: null,
	accepted: 1200,
	duplicates: 30,
	stale: 20,
	rejected: 4,
	lost: 0,
	fired: 7,
	cleared: 5,
	batchSeconds: {
		count: 9,
		sum: 0.75,
		buckets: [
			{ atMost: 0.01, count: 6 },
			{ atMost: 0.1, count: 8 },
		],
	},
	failedTries: 2,
	lastBatchAt: AT + 1500,
	lag: 17,
	...changes,
});

const held: StoreMetrics = {
	vehicles: 10_000,
	historyRows: 123_456,
	openFirings: 3,
	pendingActions: 2,
	deadActions: 1,
	oldestPendingActionAt: Date.now() - 60_000,
	rejectedMessages: [{ feed: 'odd "name"\\\n', count: 4 }],
};

describe('the metrics server', () => {
	let server: MetricsServer | undefined;
	afterEach(async () => {
		await server?.close();
		server = undefined;
	});

	async function start(changes: Partial<MetricsServerOptions> = {}) {
		server = await startMetricsServer({
			port: 0,
			feeds: () => Promise.resolve([run()]),
			store: () => Promise.resolve(held),
			...changes,
		});
		return server;
	}
	async function get(path: string, init: RequestInit = {}) {
		const response = await fetch(`${server?.url}${path}`, init);
		return {
			status: response.status,
			type: response.headers.get('content-type'),
			text: await response.text(),
		};
	}
	async function scrape() {
		const lines = (await get('/metrics')).text.split('\n');
		return (name: string) => lines.filter((line) => line.split(/[{ ]/)[0] === name);
	}
	const hang = () => new Promise<never>(() => undefined);

	it('listens on loopback unless it is told otherwise', async () => {
		expect((await start()).url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
	});

	it('counts what each feed does in the format of Prometheus', async () => {
		await start({ feeds: () => Promise.resolve([run(), run({ group: 'audit', isUp: false, lag: null })]) });
		expect(await get('/metrics')).toMatchObject({
			status: 200,
			type: expect.stringMatching(/^text\/plain; version=0/),
		});
		const metric = await scrape();
		expect(metric('fleet_feed_messages_total').slice(0, 5)).toEqual([
			'fleet_feed_messages_total{feed="fleet.status",group="fleet",result="accepted"} 1200',
			'fleet_feed_messages_total{feed="fleet.status",group="fleet",result="duplicates"} 30',
			'fleet_feed_messages_total{feed="fleet.status",group="fleet",result="stale"} 20',
			'fleet_feed_messages_total{feed="fleet.status",group="fleet",result="rejected"} 4',
			'fleet_feed_messages_total{feed="fleet.status",group="fleet",result="lost"} 0',
		]);
		expect(metric('fleet_feed_up')).toEqual([
			'fleet_feed_up{feed="fleet.status",group="fleet"} 1',
			'fleet_feed_up{feed="fleet.status",group="audit"} 0',
		]);
		expect(metric('fleet_feed_lag_messages')).toEqual([
			'fleet_feed_lag_messages{feed="fleet.status",group="fleet"} 17',
		]);
		expect(metric('fleet_firings_total')[0]).toBe(
			'fleet_firings_total{feed="fleet.status",group="fleet",change="fired"} 7',
		);
		expect(metric('fleet_feed_failed_tries_total')[0]).toMatch(/ 2$/);
		expect(metric('fleet_feed_batch_seconds_bucket').slice(0, 3)).toEqual([
			'fleet_feed_batch_seconds_bucket{le="0.01",feed="fleet.status",group="fleet"} 6',
			'fleet_feed_batch_seconds_bucket{le="0.1",feed="fleet.status",group="fleet"} 8',
			'fleet_feed_batch_seconds_bucket{le="+Inf",feed="fleet.status",group="fleet"} 9',
		]);
		expect(metric('fleet_feed_batch_seconds_sum')[0]).toMatch(/ 0\.75$/);
		expect(metric('fleet_feed_batch_seconds_count')[0]).toMatch(/ 9$/);
	});

	it('tells what the store holds, and of the process', async () => {
		await start();
		const metric = await scrape();
		expect(metric('fleet_store_up')).toEqual(['fleet_store_up 1']);
		expect(metric('fleet_actions')).toEqual([
			'fleet_actions{state="pending"} 2',
			'fleet_actions{state="dead"} 1',
		]);
		expect(metric('fleet_quarantined_messages')).toEqual([
			'fleet_quarantined_messages{feed="odd \\"name\\"\\\\\\n"} 4',
		]);
		const age = Number(metric('fleet_oldest_pending_action_age_seconds')[0]?.split(' ')[1]);
		expect(age).toBeGreaterThanOrEqual(60);
		expect(age).toBeLessThan(120);
		expect(metric('process_cpu_seconds_total')).toHaveLength(1);
	});

	it('answers without the store when that hangs, asking it once, and with it again once it answers', async () => {
		let asked = 0;
		let answer: (metrics: StoreMetrics) => void = () => undefined;
		await start({
			store: () => {
				asked++;
				return new Promise((resolve) => (answer = resolve));
			},
		});
		const from = Date.now();
		const [metrics, health] = await Promise.all([get('/metrics'), get('/health')]);
		expect(Date.now() - from).toBeLessThan(2000);
		expect(metrics.text).toContain('\nfleet_store_up 0\n');
		expect(metrics.text).toContain('fleet_feed_up{feed="fleet.status",group="fleet"} 1');
		expect(metrics.text).not.toContain('fleet_actions');
		expect(health.status).toBe(503);
		expect(JSON.parse(health.text)).toMatchObject({
			status: 'failing',
			feeds: [{ feed: 'fleet.status', up: true }],
			store: { up: false, reason: 'no answer within 1500 ms', since: expect.stringMatching(/Z$/) },
		});
		expect(asked).toBe(1);
		answer(held);
		expect(await get('/health')).toMatchObject({ status: 200 });
	});

	it('says which feed is down, since when and why', async () => {
		await start({
			feeds: () => Promise.resolve([run(), run({ group: 'b', isUp: false, downReason: 'Redis refused' })]),
		});
		const { status, text, type } = await get('/health');
		expect([status, type]).toEqual([503, 'application/json']);
		expect(JSON.parse(text)).toMatchObject({
			status: 'failing',
			feeds: [
				{ group: 'fleet', up: true, since: '2026-03-01T08:00:00.000Z', reason: null },
				{ group: 'b', up: false, since: '2026-03-01T08:00:00.000Z', reason: 'Redis refused' },
			],
			store: { up: true, reason: null },
		});
	});

	it('keeps the last figures of feeds that do not answer, and says so', async () => {
		let isHanging = false;
		await start({ feeds: () => (isHanging ? hang() : Promise.resolve([run()])) });
		expect(await get('/health')).toMatchObject({ status: 200 });
		isHanging = true;
		await new Promise((resolve) => setTimeout(resolve, 2100));
		expect((await scrape())('fleet_feed_messages_total')).toHaveLength(5);
		const { status, text } = await get('/health');
		expect(status).toBe(503);
		expect(JSON.parse(text)).toMatchObject({ feeds: [{ up: false, reason: 'no answer within 1500 ms' }] });
	}, 15_000);

	it('tells why the store is away', async () => {
		await start({ store: () => Promise.reject(new Error('PostgreSQL refused')) });
		expect((await get('/health')).text).toContain('PostgreSQL refused');
		expect((await scrape())('fleet_store_up')).toEqual(['fleet_store_up 0']);
	});

	it('has nothing else, and takes no orders', async () => {
		await start();
		expect(await get('/')).toMatchObject({ status: 404 });
		expect(await get('/toString')).toMatchObject({ status: 404 });
		expect(await get('/metrics', { method: 'POST' })).toMatchObject({ status: 405 });
		expect(await get('/health?x=1', { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
	});

	it('says that the port is taken', async () => {
		const other = createServer();
		await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
		const address = other.address();
		const port = typeof address === 'object' && address !== null ? address.port : 0;
		await expect(start({ port })).rejects.toMatchObject({
			name: 'MetricsServerError',
			message: `Health and metrics cannot be served at 127.0.0.1:${port}: the port is taken by another program`,
		});
		await new Promise((resolve) => other.close(resolve));
	});
});
