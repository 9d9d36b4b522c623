import Redis from 'ioredis';
import { randomUUID } from 'node:crypto';
import { type RedisCommands, redisCommands } from '../../src/adapters/bus/redis-commands';
import { redisStreamsBus } from '../../src/adapters/bus/redis-streams';
import { groupKeys } from '../../src/adapters/bus/stream-keys';
import { leaseKeeper } from '../../src/adapters/bus/stream-leases';
import { streamReader } from '../../src/adapters/bus/stream-reader';
import { describeWith, startRedis, type RedisService } from '../lib/services/redis';
import { eventually, numbered, wait } from './bus/collector';
import { QUICK } from './bus/redis-rigs';

/** Longer than a subscriber goes without looking for losses. */
const LOOK_MS = 5500;
const LEASE_MS = 60_000;

describeWith('redis', 'Redis Streams whose replies are under way for long', () => {
	let redis: RedisService;
	let shell: Redis;
	let direct: RedisCommands;
	let feed: string;
	beforeAll(async () => {
		redis = await startRedis();
		shell = new Redis(redis.port, redis.host);
		direct = redisCommands({ host: redis.host, port: redis.port });
	});
	beforeEach(() => {
		feed = `feed-${randomUUID()}`;
	});
	afterAll(async () => {
		direct.close();
		shell.disconnect();
		await redis.stop();
	});

	/** Whose replies come when `arrival` resolves, which is asked for with each of them. */
	const delayed = (arrival: () => Promise<unknown>): RedisCommands => ({
		...direct,
		repeat: async (work) => {
			const mine = arrival();
			const reply = await direct.repeat(work);
			await mine;
			return reply;
		},
	});

	it('a partition that was given back is not taken for held by a reply from before', async () => {
		let arrival = Promise.resolve();
		let isTicking = () => {};
		let mayTake = true;
		const commands = delayed(async () => {
			isTicking();
			await arrival;
		});
		const keeper = leaseKeeper(commands, groupKeys(feed, 'fleet', 2), LEASE_MS, () => mayTake);
		await keeper.start(() => undefined);
		expect(keeper.held()).toEqual([0, 1]);
		mayTake = false;
		let arrive = () => {};
		const tick = new Promise<void>((resolve) => (isTicking = resolve));
		arrival = new Promise<void>((resolve) => (arrive = resolve));
		await tick;
		isTicking = () => {};
		arrival = Promise.resolve();
		await wait(100);
		await keeper.giveBack([1]);
		arrive();
		await wait(10);
		expect(keeper.held()).toEqual([0]);
		await keeper.stop(true);
	});

	it('a loss that is noted ahead leaves what is acknowledged meanwhile as it is', async () => {
		const bus = redisStreamsBus({ host: redis.host, port: redis.port });
		await bus.publish(feed, numbered(30));
		const ids = (await shell.xrange(feed, '-', '+')).map(([id]) => id);
		const losses: (number | null)[] = [];
		const subscribe = {
			group: 'fleet',
			batchSize: 5,
			from: 'start',
			onLoss: ({ count }: { count: number | null }) => void losses.push(count),
		} as const;
		const options = { host: redis.host, port: redis.port, ...QUICK, leaseMs: LEASE_MS };
		const commands = delayed(async () => await wait(100));
		const read = streamReader(options, feed, groupKeys(feed, 'fleet', 1), subscribe, commands);
		const closing = new AbortController();
		let batches = 0;
		const reading = read({
			closing: closing.signal,
			ready: () => undefined,
			deliver: async (messages, ack) => {
				batches += 1;
				if (batches === 1) {
					// The next batch is read meanwhile.
					await wait(200);
					await shell.xtrim(feed, 'MINID', ids[14] ?? '');
					await wait(LOOK_MS);
				}
				if (messages[0]?.transportId !== ids[14]) await ack();
				else await new Promise((resolve) => closing.signal.addEventListener('abort', resolve));
				return true;
			},
		});
		await eventually(
			() => batches === 3,
			() => batches,
			15_000,
		);
		expect(losses).toEqual([4]);
		const [group] = (await shell.xinfo('GROUPS', feed)) as unknown[][];
		expect(group?.[group.indexOf('last-delivered-id') + 1]).toBe(ids[9]);
		closing.abort();
		await reading;
		await bus.close();
	});
});
