import Redis from 'ioredis';
import { randomUUID } from 'node:crypto';
import { redisPubSubBus } from '../../src/adapters/bus/redis-pubsub';
import { redisStreamsBus, type RedisStreamsOptions } from '../../src/adapters/bus/redis-streams';
import type { MessageBus } from '../../src/app/ports/message-bus';
import { describeWith, startRedis, type RedisService } from '../lib/services/redis';
import { collect, eventually, numbered, wait } from './bus/collector';
import { QUICK } from './bus/redis-rigs';

describeWith('redis', 'Redis itself', () => {
	let redis: RedisService;
	let shell: Redis;
	let feed: string;
	let buses: MessageBus[];

	beforeAll(async () => {
		redis = await startRedis({ password: 'fleet secret' });
		shell = new Redis({ ...server(), password: 'fleet secret' });
	});
	beforeEach(() => {
		feed = `feed-${randomUUID()}`;
		buses = [];
	});
	afterEach(async () => {
		for (const bus of buses) await bus.close();
	});
	afterAll(async () => {
		shell.disconnect();
		await redis.stop();
	});

	const server = () => ({ host: redis.host, port: redis.port });

	const streams = (options: Partial<RedisStreamsOptions> = {}) => {
		const connection = { ...server(), password: 'fleet secret', ...QUICK };
		const bus = redisStreamsBus({ ...connection, leaseMs: 1000, ...options });
		buses.push(bus);
		return bus;
	};

	it('makes the group again, and loses nothing new, when everything in Redis was removed', async () => {
		const bus = streams();
		const collector = await collect(bus, feed);
		await bus.publish(feed, numbered(2));
		await eventually(() => collector.messages.length === 2, collector.payloads);
		await shell.flushall();
		await bus.publish(feed, numbered(3, 1, 'new-'));
		await eventually(() => collector.messages.length === 5, collector.payloads);
		expect(collector.payloads().slice(2)).toEqual(numbered(3, 1, 'new-').map(({ payload }) => payload));
	});

	it('takes over what a consumer that died has left', async () => {
		const bus = streams();
		await bus.publish(feed, numbered(250));
		await shell.xgroup('CREATE', feed, 'fleet', '0');
		await shell.xreadgroup('GROUP', 'fleet', 'dead', 'COUNT', 220, 'STREAMS', feed, '>');
		const collector = await collect(bus, feed, { batchSize: 50 });
		await eventually(() => collector.messages.length >= 250, collector.payloads);
		await collector.subscription.close();
		expect(collector.payloads()).toEqual(numbered(250).map(({ payload }) => payload));
		expect(await shell.xpending(feed, 'fleet')).toEqual([0, null, null, null]);
		expect(await shell.xinfo('CONSUMERS', feed, 'fleet')).toEqual([]);
	});

	it('leaves a batch to whoever works on it, however long that takes', async () => {
		const worked: string[] = [];
		const slow = streams();
		await collect(slow, feed, {
			onBatch: async (batch) => {
				await wait(1500);
				worked.push(...batch.messages.map(({ payload }) => String(payload)));
				await batch.ack();
			},
		});
		await slow.publish(feed, numbered(1));
		await wait(50);
		const other = await collect(streams(), feed);
		await eventually(
			() => worked.length > 0,
			() => worked,
		);
		expect(other.payloads()).toEqual([]);
		expect(worked).toEqual(['vehicle-0:0']);
	});

	it('hands on at once, and first, what a subscriber had not acknowledged when it was closed', async () => {
		const bus = streams({ leaseMs: 3_600_000 });
		const hanging = await collect(bus, feed, { onBatch: async () => await new Promise(() => undefined) });
		await bus.publish(feed, numbered(1, 1, 'old-'));
		await wait(100);
		await hanging.subscription.close(0);
		await bus.publish(feed, numbered(1, 1, 'new-'));
		const back = await collect(streams({ leaseMs: 3_600_000 }), feed);
		await eventually(() => back.messages.length === 2, back.payloads);
		expect(back.payloads()).toEqual(['old-vehicle-0:0', 'new-vehicle-0:0']);
	});

	it('reads entries that others wrote as an object of their fields, numbers as numbers', async () => {
		const collector = await collect(streams(), feed);
		const values = ['fuelLevel', '12.5', 'doorOpen', 'true', 'driver', '007', 'card', '12345678901234567890'];
		await shell.xadd(feed, '*', 'vehicle', 'B-FL 123', ...values);
		await eventually(() => collector.messages.length === 1, collector.payloads);
		expect(JSON.parse(collector.payloads()[0] ?? '')).toEqual({
			...{ vehicle: 'B-FL 123', fuelLevel: 12.5, doorOpen: true },
			...{ driver: '007', card: '12345678901234567890' },
		});
	});

	it('keeps a stream as short as it is told to', async () => {
		const bus = streams({ maxLength: 1000 });
		await bus.publish(feed, numbered(5000));
		expect(await shell.xlen(feed)).toBeLessThan(1300);
	});

	it('says when the feed is no stream, and reads on when it is one', async () => {
		await shell.set(feed, 'text');
		const bus = streams();
		const collector = await collect(bus, feed);
		expect(collector.states).toEqual([{ up: false, reason: expect.stringContaining('not a stream') }]);
		await expect(bus.publish(feed, numbered(1))).rejects.toThrow('not a stream');
		await shell.del(feed);
		await bus.publish(feed, numbered(1));
		await eventually(
			() => collector.states.length === 2,
			() => collector.states,
		);
		expect(collector.states[1]).toEqual({ up: true, reason: null });
	});

	it('drops the oldest of what a slow subscriber has no room for, and says so', async () => {
		const dropped: (number | null)[] = [];
		const bus = redisPubSubBus({ ...server(), password: 'fleet secret', bufferSize: 10 });
		buses.push(bus);
		let finish = () => {};
		const collector = await collect(bus, feed, {
			batchSize: 1,
			onLoss: ({ count }) => dropped.push(count),
			onBatch: async (batch) => {
				if (batch.messages[0]?.payload === 'first-vehicle-0:0') {
					await new Promise<void>((resolve) => (finish = resolve));
				}
				await batch.ack();
			},
		});
		await bus.publish(feed, numbered(1, 1, 'first-'));
		await wait(50);
		await bus.publish(feed, numbered(30));
		await wait(50);
		finish();
		await eventually(() => collector.messages.length === 11, collector.payloads);
		expect(dropped).toEqual([20]);
		expect(collector.payloads().slice(1)).toEqual(
			numbered(30)
				.slice(20)
				.map(({ payload }) => payload),
		);
	});
});
