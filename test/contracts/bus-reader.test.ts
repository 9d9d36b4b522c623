import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Worker } from 'node:worker_threads';
import type { MessageBus } from '../../src/app/ports/message-bus';
import { readerBus } from '../../src/runner/reader-bus';
import { eventually } from '../e2e/tools/eventually';
import { describeWith } from '../lib/services/describe-with';
import { type RedisService, startRedis } from '../lib/services/redis';

describeWith('redis', 'a thread that reads a feed', () => {
	let redis: RedisService;
	let bus: MessageBus;
	let workers: Worker[];
	const onThread = (message: unknown) => void workers.push((message as { worker: Worker }).worker);

	beforeEach(async () => {
		workers = [];
		subscribe('worker_threads', onThread);
		redis = await startRedis();
		const server = { host: redis.host, port: redis.port, leaseMs: 500 };
		bus = readerBus({ kind: 'redisStreams', redis: server });
	});

	afterEach(async () => {
		unsubscribe('worker_threads', onThread);
		await bus.close();
		await redis.stop();
	});

	it('is started anew when it ends, which is told, and delivers again what was not acknowledged', async () => {
		const taken: string[] = [];
		const told: boolean[] = [];
		let isHeld = true;
		const options = { group: 'fleet', batchSize: 10, from: 'start' } as const;
		await bus.subscribe(
			'statuses',
			{ ...options, onState: ({ up }) => void told.push(up) },
			async ({ messages, ack }) => {
				taken.push(...messages.map(({ payload }) => String(payload)));
				if (isHeld) await eventually('the thread is gone', () => told.includes(false), 10_000);
				await ack();
			},
		);
		await bus.publish('statuses', [{ key: 'a', payload: 'first' }]);
		await eventually('it is taken', () => taken.length === 1, 10_000);
		await workers.at(-1)?.terminate();
		isHeld = false;
		await bus.publish('statuses', [{ key: 'a', payload: 'second' }]);
		await eventually('the new thread reads', () => taken.includes('second'), 20_000);
		expect(taken).toEqual(['first', 'first', 'second']);
		expect(told).toEqual([true, false, true]);
	}, 40_000);

	it('refuses a feed that cannot be read, with what the transport says', async () => {
		const wrong = readerBus({ kind: 'mqtt', mqtt: { host: '127.0.0.1', port: 1883 } });
		const options = { group: 'fleet', batchSize: 10, from: 'start' } as const;
		await expect(wrong.subscribe('fleet/#/status', options, async () => undefined)).rejects.toThrow(
			'fleet/#/status',
		);
		await wrong.close();
	});
});
