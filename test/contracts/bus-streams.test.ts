import Redis from 'ioredis';
import { randomUUID } from 'node:crypto';
import { redisStreamsBus, type RedisStreamsOptions } from '../../src/adapters/bus/redis-streams';
import { LeaseLostError } from '../../src/app/errors';
import type { MessageBus } from '../../src/app/ports/message-bus';
import { describeWith, startRedis, type RedisService } from '../lib/services/redis';
import { collect, eventually, numbered, wait } from './bus/collector';
import { QUICK } from './bus/redis-rigs';

describeWith('redis', 'Redis Streams', () => {
	let redis: RedisService;
	let shell: Redis;
	let feed: string;
	let buses: MessageBus[];

	beforeAll(async () => {
		redis = await startRedis();
		shell = new Redis(redis.port, redis.host);
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

	const streams = (options: Partial<RedisStreamsOptions> = {}) => {
		const bus = redisStreamsBus({ host: redis.host, port: redis.port, ...QUICK, leaseMs: 1000, ...options });
		buses.push(bus);
		return bus;
	};

	const group = async (stream: string) => {
		const [reply] = (await shell.xinfo('GROUPS', stream)) as unknown[][];
		const pairs = (reply ?? []).flatMap((name, index, all) =>
			index % 2 ? [] : [[String(name), all[index + 1]] as const],
		);
		return Object.fromEntries(pairs);
	};

	it('moves the group on as messages are acknowledged, and leaves none pending', async () => {
		const bus = streams();
		let acks = 0;
		const collector = await collect(bus, feed, {
			batchSize: 5,
			onBatch: async (batch) => {
				if (acks >= 2) return;
				await batch.ack();
				acks += 1;
			},
		});
		await bus.publish(feed, numbered(20));
		await eventually(() => collector.batchSizes.length >= 3, collector.payloads);
		const at = collector.messages[9]?.transportId;
		expect(await group(feed)).toMatchObject({ 'last-delivered-id': at, pending: 0 });
	});

	it('has no more in a batch than fits into memory, however long the messages are', async () => {
		const bus = streams();
		const payload = 'x'.repeat(512 * 1024);
		const messages = Array.from({ length: 50 }, (_, key) => ({ key: String(key), payload }));
		await bus.publish(feed, messages);
		const collector = await collect(bus, feed, { batchSize: 1000, from: 'start' });
		await eventually(
			() => collector.messages.length >= 50,
			() => collector.batchSizes,
		);
		expect(Math.max(...collector.batchSizes)).toBeLessThanOrEqual(40);
		expect(collector.batchSizes.length).toBeLessThanOrEqual(3);
	});

	it('hands the stream of a subscriber that hangs to the next, and refuses its acknowledgement', async () => {
		const hanging = streams();
		let wake = () => {};
		let refusal: unknown;
		await collect(hanging, feed, {
			onBatch: async (batch) => {
				if (refusal) return await batch.ack();
				await new Promise<void>((resolve) => (wake = resolve));
				await batch.ack().catch((error: unknown) => (refusal = error));
			},
		});
		await hanging.publish(feed, numbered(3));
		const next = await collect(streams(), feed);
		await wait(1500);
		expect(next.messages).toHaveLength(0);
		// As if its process had stood still: the lease ran out, and it does not know it yet.
		await shell.del(...(await shell.keys(`fleet:*:${feed}:*`)));
		await eventually(() => next.messages.length >= 3, next.payloads);
		wake();
		await eventually(
			() => refusal !== undefined,
			() => refusal,
		);
		expect(refusal).toBeInstanceOf(LeaseLostError);
	});

	it('spreads the keys over its partitions as CRC-32 does', async () => {
		const bus = streams({ partitions: 4 });
		await bus.publish(feed, [
			{ key: 'vehicle-1', payload: 'a' },
			{ key: 'Grüße', payload: 'b' },
		]);
		// python3: zlib.crc32('vehicle-1'.encode()) % 4 and zlib.crc32('Grüße'.encode()) % 4
		const lengths = await Promise.all(
			[0, 1, 2, 3].map(async (index) => await shell.xlen(`${feed}:${index}`)),
		);
		expect(lengths).toEqual([0, 1, 1, 0]);
	});

	it('deals its partitions out fairly, and anew when subscribers come, go and die', async () => {
		const reads = new Map<string, Set<string>>();
		const subscribe = async (name: string) => {
			const bus = streams({ partitions: 4 });
			return await collect(bus, feed, {
				from: 'start',
				onBatch: async (batch) => {
					const seen = reads.get(name) ?? new Set();
					for (const { transportId } of batch.messages) seen.add(transportId.split('/')[0] ?? '');
					reads.set(name, seen);
					await batch.ack();
				},
			});
		};
		const publisher = streams({ partitions: 4 });
		const telling = setInterval(() => void publisher.publish(feed, numbered(40, 40)), 50);
		const becomes = async (expected: Record<string, number>) => {
			const shown = (counts: object) => JSON.stringify(Object.entries(counts).sort());
			const counts = () => Object.fromEntries([...reads].map(([name, seen]) => [name, seen.size]));
			await eventually(
				() => {
					const isSo = shown(counts()) === shown(expected);
					if (!isSo) reads.clear();
					return isSo;
				},
				counts,
				15_000,
				400,
			);
			reads.clear();
		};
		try {
			const one = await subscribe('one');
			await becomes({ one: 4 });
			const two = await subscribe('two');
			await becomes({ one: 2, two: 2 });
			const three = await subscribe('three');
			await becomes({ one: 2, two: 1, three: 1 });
			await one.subscription.close();
			await becomes({ two: 2, three: 2 });
			await two.subscription.close();
			await three.subscription.close();
		} finally {
			clearInterval(telling);
		}
		expect(await shell.keys(`fleet:lease:${feed}:*`)).toEqual([]);
	});

	it('loses nothing and keeps the order of each key over partitions that change hands', async () => {
		const acked: string[] = [];
		const publisher = streams({ partitions: 3 });
		const subscribe = async () =>
			await collect(streams({ partitions: 3 }), feed, {
				from: 'start',
				batchSize: 30,
				onBatch: async (batch) => {
					await wait(3);
					await batch.ack();
					acked.push(...batch.messages.map(({ payload }) => String(payload)));
				},
			});
		const messages = numbered(3000, 30);
		const one = await subscribe();
		await publisher.publish(feed, messages.slice(0, 1500));
		const two = await subscribe();
		await publisher.publish(feed, messages.slice(1500));
		await eventually(
			() => acked.length >= 2000,
			() => acked.length,
		);
		await one.subscription.close();
		await eventually(
			() => acked.length >= 3000,
			() => acked.length,
		);
		await two.subscription.close();
		expect(acked).toHaveLength(3000);
		for (let key = 0; key < 30; key += 1) {
			const sent = messages.filter((message) => message.key === `vehicle-${key}`);
			expect(acked.filter((payload) => payload.startsWith(`vehicle-${key}:`))).toEqual(
				sent.map(({ payload }) => payload),
			);
		}
	});

	it('wants a number of partitions that there can be', () => {
		expect(() => streams({ partitions: 0 })).toThrow('A feed cannot have 0 partitions');
	});
});
