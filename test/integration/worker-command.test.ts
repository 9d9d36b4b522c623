import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { embeddedBus } from '../../src/adapters/bus/embedded';
import { eventually } from '../e2e/tools/eventually';
import { feedFixture, standardFleet } from '../lib/feed-fixture';
import { freePort } from '../lib/services/child-service';
import { describeWith, startRedis } from '../lib/services/redis';
import { killWorkers, startWorkerProcess } from './worker-lib';

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'fleet-worker-'));
});
afterEach(async () => {
	killWorkers();
	await rm(folder, { recursive: true, force: true });
});

const store = () => join(folder, 'fleet.sqlite');

describe('the command "worker"', () => {
	it.each([
		['no store', [], 'Give --store'],
		['no transport', ['--store', 'x'], 'No transport is given'],
		['two transports', ['--store', 'x', '--embedded', '--mqtt', 'mqtt://x'], 'More than one transport'],
		['an unknown flag', ['--stroe', 'x'], "Unknown option '--stroe'"],
		['a file that is not there', ['--config', '/nowhere.yaml'], '/nowhere.yaml cannot be read'],
		['a wrong URL', ['--store', 'x', '--redis', 'localhost:6379'], 'Give e.g. redis://'],
		[
			'flags beside a file',
			['--config', 'x.yaml', '--store', 'y'],
			'The store and the feeds stand in the file',
		],
	])('refuses %s', async (_what, flags, told) => {
		const worker = startWorkerProcess(flags);
		expect(await worker.ended).toBe(2);
		expect(worker.output()).toContain(told);
	});

	it('names the place of each mistake in its file', async () => {
		const file = join(folder, 'worker.yaml');
		await writeFile(
			file,
			'store: x.sqlite\nfeeds:\n  - feed: a\n    transport: { kind: redisStreem }\n    gruop: b\n',
		);
		const worker = startWorkerProcess(['--config', file]);
		expect(await worker.ended).toBe(2);
		expect(worker.output().trim().split('\n')).toEqual([
			expect.stringMatching(/worker\.yaml:4:24 'redisStreem' .* Did you mean 'redisStreams'\?/),
			expect.stringMatching(/worker\.yaml:5:12 .*no field 'gruop'\. Did you mean 'group'\?/),
		]);
	});

	it('says that the metrics’ port is taken', async () => {
		const port = await freePort();
		const flags = ['--store', store(), '--embedded', '--metrics-port', String(port)];
		const first = startWorkerProcess(flags);
		await eventually('it runs', () => first.output().includes('is read'));
		const second = startWorkerProcess(flags);
		expect(await second.ended).toBe(2);
		expect(second.output()).toContain(String(port));
		first.signal('SIGINT');
		expect(await first.ended).toBe(0);
	}, 30_000);

	it('reads a feed, serves its metrics, saves them, and stops in order', async () => {
		const fixture = await feedFixture();
		try {
			await standardFleet(fixture);
			const file = join(folder, 'worker.yaml');
			await writeFile(
				file,
				`name: yard\nstore: '\${STORE}'\nmetrics: { port: 0 }\nfeeds: [{ feed: statuses, transport: embedded }]\n`,
			);
			const worker = startWorkerProcess(['--config', file, '--log', 'json'], { STORE: fixture.path });
			await eventually('it reads', () => worker.output().includes('is read'));
			const bus = embeddedBus(fixture.store.database);
			const message = { vehicle: 'M-AB 123', reportedAt: Date.now(), attributes: { fuelLevel: 3 } };
			await bus.publish('statuses', [{ key: 'M-AB 123', payload: JSON.stringify(message) }]);
			const firings = async () => await fixture.store.read(async (session) => await session.firings.count());
			await eventually('the rule fires', async () => (await firings()) === 1);
			const lines = () =>
				worker
					.output()
					.trim()
					.split('\n')
					.map((line) => JSON.parse(line) as Record<string, unknown>);
			const url = String(lines().find((line) => 'url' in line)?.url);
			const health = await fetch(`${url}/health`);
			expect(health.status).toBe(200);
			const metrics = async () => await (await fetch(`${url}/metrics`)).text();
			await eventually('the firing is counted', async () =>
				/^fleet_firings_total\{[^}]*change="fired"[^}]*\} 1$/m.test(await metrics()),
			);
			await eventually(
				'the metrics are saved',
				async () =>
					(await fixture.store.read(async (session) => await session.feedRuns.list())).some(
						({ process, fired }) => process === 'yard' && fired === 1,
					),
				20_000,
			);
			worker.signal('SIGTERM');
			expect(await worker.ended).toBe(0);
			expect(await fixture.store.read(async (session) => await session.feedRuns.list())).toEqual([]);
			expect(lines().map(({ message: text }) => text)).toEqual([
				expect.stringContaining('Health and metrics are at'),
				expect.stringContaining('The store is open; this is the worker yard'),
				"Feed 'statuses' is read",
				expect.stringContaining('SIGTERM'),
				"Feed 'statuses': 1 accepted, 1 fired",
				'Stopped',
			]);
			await bus.close();
		} finally {
			await fixture.close();
		}
	}, 60_000);

	it('waits for a store that cannot be opened, says so once, and stops when it is told to', async () => {
		const url = `postgres://fleet:hush-hush@127.0.0.1:${await freePort()}/fleet`;
		const worker = startWorkerProcess(['--store', url, '--embedded']);
		await eventually('it is told', () => worker.output().includes('Waiting for it'));
		await new Promise((resolve) => setTimeout(resolve, 2000));
		expect(worker.output().match(/Waiting for it/g)).toHaveLength(1);
		expect(worker.output()).not.toContain('hush-hush');
		worker.signal('SIGTERM');
		expect(await worker.ended).toBe(0);
	}, 30_000);
});

describeWith('redis', 'the command "worker" and Redis', () => {
	it('waits for a Redis that is away, and reads when it has come', async () => {
		const port = await freePort();
		const redisUrl = 'redis://:${REDIS_PASSWORD}@127.0.0.1:' + String(port);
		const worker = startWorkerProcess(['--store', store(), '--redis', redisUrl], {
			REDIS_PASSWORD: 'hush-hush',
		});
		await eventually('the outage is told', () => worker.output().includes('is down'));
		const redis = await startRedis({ port, password: 'hush-hush' });
		try {
			await eventually('it reads', () => worker.output().includes('is read'));
			expect(worker.output().match(/is down/g)).toHaveLength(1);
			expect(worker.output()).not.toContain('hush-hush');
			worker.signal('SIGTERM');
			expect(await worker.ended).toBe(0);
		} finally {
			await redis.stop();
		}
	}, 60_000);

	it('exits at once at the second signal', async () => {
		const redis = await startRedis();
		const fixture = await feedFixture();
		let letGo = () => undefined as void;
		try {
			const worker = startWorkerProcess([
				...['--store', fixture.path, '--redis', `redis://127.0.0.1:${redis.port}`],
			]);
			await eventually('it reads', () => worker.output().includes('is read'));
			// Somebody holds the store, so that the batch in hand does not end.
			const held = fixture.store.database.write(async (query) => {
				await query('UPDATE vehicle SET name = name');
				await new Promise<void>((resolve) => (letGo = resolve));
			});
			const { default: Redis } = await import('ioredis');
			const client = new Redis(redis.port);
			await client.xadd('fleet.status', '*', 'payload', '{"vehicle":"x"}');
			client.disconnect();
			await new Promise((resolve) => setTimeout(resolve, 1000));
			worker.signal('SIGTERM');
			await eventually('it drains', () => worker.output().includes('reading no more'));
			const signalledAt = Date.now();
			worker.signal('SIGINT');
			expect(await worker.ended).toBe(1);
			expect(Date.now() - signalledAt).toBeLessThan(5000);
			letGo();
			await held;
		} finally {
			letGo();
			await fixture.close();
			await redis.stop();
		}
	}, 60_000);
});
