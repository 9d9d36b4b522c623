import Redis from 'ioredis';
import { randomUUID } from 'node:crypto';
import { redisStreamsBus } from '../../src/adapters/bus/redis-streams';
import type { MessageBus } from '../../src/app/ports/message-bus';
import { describeWith, startRedis, type RedisService } from '../lib/services/redis';
import { collect, eventually, numbered, wait } from './bus/collector';
import { QUICK } from './bus/redis-rigs';

/** Longer than a subscriber goes without looking for losses. */
const LOOK_MS = 5500;

describeWith('redis', 'entries of a stream that are removed', () => {
	let redis: RedisService;
	let shell: Redis;
	let bus: MessageBus;
	let feed: string;
	let losses: (number | null)[];
	let reasons: string[];

	beforeAll(async () => {
		redis = await startRedis();
		shell = new Redis(redis.port, redis.host);
	});
	beforeEach(() => {
		feed = `feed-${randomUUID()}`;
		losses = [];
		reasons = [];
		bus = redisStreamsBus({ host: redis.host, port: redis.port, ...QUICK, leaseMs: 1000 });
	});
	afterEach(async () => await bus.close());
	afterAll(async () => {
		shell.disconnect();
		await redis.stop();
	});

	const subscribe = async (options: Partial<Parameters<typeof collect>[2]> = {}) =>
		await collect(bus, feed, {
			from: 'start',
			onLoss: ({ count, reason }) => {
				losses.push(count);
				reasons.push(reason);
			},
			...options,
		});

	/** A group that has read so many of the messages, and is not subscribed. */
	const absentGroup = async (read: number, published: number) => {
		await bus.publish(feed, numbered(read));
		const collector = await subscribe();
		await eventually(() => collector.messages.length === read, collector.payloads);
		await collector.subscription.close();
		await bus.publish(feed, numbered(published - read, 1, 'later-'));
	};

	it('before the group has read them, are told of once, with their number', async () => {
		await absentGroup(10, 100);
		await shell.xtrim(feed, 'MAXLEN', 50);
		const collector = await subscribe();
		await eventually(() => collector.messages.length === 50, collector.payloads);
		expect(losses).toEqual([40]);
		expect(reasons[0]).toBe(
			`Entries of the stream '${feed}' were removed (MAXLEN, XTRIM or XDEL) before the group 'fleet' had read them`,
		);
		await collector.subscription.close();
		await shell.xtrim(feed, 'MAXLEN', 5);
		const again = await subscribe();
		await bus.publish(feed, numbered(1));
		await eventually(() => again.messages.length === 1, again.payloads);
		expect(losses).toEqual([40]);
	});

	it('are told of when all of them are gone, and not again by the next subscriber', async () => {
		await absentGroup(10, 30);
		await shell.xtrim(feed, 'MAXLEN', 0);
		const collector = await subscribe();
		await eventually(
			() => losses.length > 0,
			() => losses,
		);
		await wait(200);
		await collector.subscription.close();
		await subscribe();
		await wait(200);
		expect(losses).toEqual([20]);
	});

	it('are no loss once they are acknowledged, nor to a group that came later', async () => {
		await absentGroup(100, 100);
		await shell.xtrim(feed, 'MAXLEN', 10);
		const collector = await subscribe();
		const other = await subscribe({ group: 'other' });
		await eventually(() => other.messages.length === 10, other.payloads);
		await bus.publish(feed, numbered(5));
		await eventually(() => collector.messages.length + other.messages.length === 20, other.payloads);
		await shell.xtrim(feed, 'MAXLEN', 0);
		await wait(LOOK_MS);
		await bus.publish(feed, numbered(1));
		await eventually(() => collector.messages.length + other.messages.length === 22, other.payloads);
		expect(losses).toEqual([]);
	});

	it('while they are read slowly, are told of when the end is reached', async () => {
		let release = () => {};
		const held = new Promise<void>((resolve) => (release = resolve));
		const collector = await subscribe({
			batchSize: 10,
			onBatch: async (batch) => {
				await held;
				await batch.ack();
			},
		});
		await bus.publish(feed, numbered(10));
		await wait(100);
		await bus.publish(feed, numbered(500, 1, 'later-'));
		await shell.xtrim(feed, 'MAXLEN', 100);
		release();
		const lost = () => losses.reduce<number>((sum, count) => sum + (count ?? 0), 0);
		await eventually(() => collector.messages.length + lost() >= 510, collector.payloads);
		expect(collector.messages.length + lost()).toBe(510);
		expect(lost()).toBeGreaterThan(300);
	});

	it('from the middle, are told of though nobody counted them', async () => {
		await absentGroup(1, 30);
		const [entry] = await shell.xrange(feed, '-', '+', 'COUNT', 20).then((entries) => entries.slice(-1));
		await shell.xdel(feed, entry?.[0] ?? '');
		const collector = await subscribe();
		await eventually(() => collector.messages.length === 28, collector.payloads);
		expect(losses).toEqual([null]);
		await wait(LOOK_MS);
		expect(losses).toEqual([null]);
	});

	it('with the whole stream, while they wait or are read, are told of', async () => {
		let release = () => {};
		let isGiven = false;
		const held = new Promise<void>((resolve) => (release = resolve));
		const collector = await subscribe({
			batchSize: 10,
			onBatch: async (batch) => {
				isGiven = true;
				await held;
				await batch.ack();
			},
		});
		await bus.publish(feed, numbered(30));
		await eventually(() => isGiven, collector.payloads);
		await shell.del(feed);
		release();
		await bus.publish(feed, numbered(1, 1, 'new-'));
		await eventually(() => collector.payloads().includes('new-vehicle-0:0'), collector.payloads, 15_000);
		expect(losses).toEqual([null]);
		expect(reasons[0]).toContain(`The stream '${feed}' was removed, or set back, before the group 'fleet'`);
	});

	it('with the whole stream or the group, once they are acknowledged or read anew, are no loss', async () => {
		const collector = await subscribe();
		await bus.publish(feed, numbered(10));
		await eventually(() => collector.messages.length === 10, collector.payloads);
		await shell.xgroup('DESTROY', feed, 'fleet');
		await eventually(() => collector.messages.length === 20, collector.payloads, 15_000);
		await shell.del(feed);
		await wait(LOOK_MS);
		await bus.publish(feed, numbered(1));
		await eventually(() => collector.messages.length === 21, collector.payloads, 15_000);
		expect(losses).toEqual([]);
	}, 40_000);

	it('since the Redis came back without its data, are told of', async () => {
		const frail = await startRedis();
		const own = redisStreamsBus({ host: frail.host, port: frail.port, ...QUICK, leaseMs: 1000 });
		await own.publish(feed, numbered(30));
		const told: string[] = [];
		const collector = await collect(own, feed, {
			...{ from: 'start', batchSize: 10 },
			onBatch: async () => await new Promise((resolve) => setTimeout(resolve, 500)),
			onLoss: ({ reason }) => void told.push(reason),
		});
		await eventually(() => collector.messages.length > 0, collector.payloads);
		await frail.kill();
		const back = await startRedis({ port: frail.port });
		await eventually(
			() => told.length > 0,
			() => told,
			20_000,
		);
		expect(told).toEqual([expect.stringContaining('was removed, or set back')]);
		await own.close();
		await back.stop();
	}, 40_000);

	it('after another consumer was given them and died, are told of', async () => {
		await bus.publish(feed, numbered(20));
		await shell.xgroup('CREATE', feed, 'fleet', '0');
		await shell.xreadgroup('GROUP', 'fleet', 'dead', 'COUNT', 15, 'STREAMS', feed, '>');
		await shell.xtrim(feed, 'MAXLEN', 12);
		const collector = await subscribe();
		await eventually(() => collector.messages.length === 12, collector.payloads);
		expect(losses).toEqual([8]);
		expect(await shell.xpending(feed, 'fleet')).toEqual([0, null, null, null]);
	});
});
