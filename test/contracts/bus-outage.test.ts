import type { MessageBus } from '../../src/app/ports/message-bus';
import { BusUnavailableError } from '../../src/app/errors';
import { freePort } from '../lib/services/child-service';
import { describeWith, startRedis, type RedisService } from '../lib/services/redis';
import { collect, eventually, numbered, wait } from './bus/collector';
import { startProxy } from './bus/proxy';
import { durableRedis, PUB_SUB, QUICK, STREAMS } from './bus/transports';

const ROWS = [
	{ name: 'redis-streams', openBus: STREAMS, isDurable: true },
	{ name: 'redis-pubsub', openBus: PUB_SUB, isDurable: false },
];

describeWith('redis', 'a Redis that goes away', () => {
	const open = new Set<MessageBus>();
	const close = new Set<() => Promise<void>>();
	const opened = (bus: MessageBus) => {
		open.add(bus);
		return bus;
	};

	afterEach(async () => {
		for (const bus of open) await bus.close();
		for (const end of close) await end();
		open.clear();
		close.clear();
	});

	const running = (redis: RedisService) => {
		close.add(redis.kill);
		return redis;
	};

	describe.each(ROWS)('$name', ({ openBus, isDurable }) => {
		it('is waited for when it is down at the start', async () => {
			const port = await freePort();
			const bus = opened(openBus({ host: '127.0.0.1', port, ...QUICK, answerMs: 500 }));
			const collector = await collect(bus, 'feed');
			expect(collector.states).toEqual([
				{ up: false, reason: `Redis at 127.0.0.1:${port} refused the connection` },
			]);
			const askedAt = performance.now();
			const refusal: unknown = await bus.publish('feed', numbered(1)).catch((error: unknown) => error);
			expect(performance.now() - askedAt).toBeLessThan(2000);
			expect(refusal).toBeInstanceOf(BusUnavailableError);
			expect(refusal).toMatchObject({ hint: 'Start it there, or correct the host and the port.' });

			running(await startRedis({ port }));
			await eventually(
				() => collector.states.length === 2,
				() => collector.states,
			);
			await bus.publish('feed', numbered(3));
			await eventually(() => collector.messages.length === 3, collector.payloads);
			expect(collector.states.map(({ up }) => up)).toEqual([false, true]);
		});

		it('is closed at once while it is down', async () => {
			const bus = opened(openBus({ host: '127.0.0.1', port: await freePort(), ...QUICK }));
			await collect(bus, 'feed');
			const publishing = bus.publish('feed', numbered(1)).catch((error: unknown) => error);
			const askedAt = performance.now();
			await bus.close();
			expect(performance.now() - askedAt).toBeLessThan(500);
			expect(await publishing).toBeInstanceOf(BusUnavailableError);
		});

		it('is closed at once while it does not answer', async () => {
			const redis = running(await startRedis());
			const proxy = await startProxy(redis);
			close.add(proxy.stop);
			proxy.mute();
			const bus = opened(openBus({ host: proxy.host, port: proxy.port, ...QUICK, answerMs: 30_000 }));
			await collect(bus, 'feed');
			const publishing = bus.publish('feed', numbered(1)).catch((error: unknown) => error);
			await wait(50);
			const askedAt = performance.now();
			await bus.close();
			expect(performance.now() - askedAt).toBeLessThan(2000);
			expect(await publishing).toBeInstanceOf(BusUnavailableError);
		});

		it(`${isDurable ? 'loses nothing' : 'goes on'} when it is killed and comes back`, async () => {
			const server = await durableRedis();
			close.add(server.clean);
			const redis = await server.start();
			const bus = opened(openBus({ host: redis.host, port: redis.port, ...QUICK }));
			const collector = await collect(bus, 'feed', {
				batchSize: 10,
				onBatch: async (batch) => {
					await wait(2);
					await batch.ack();
				},
			});
			const taken: string[] = [];
			let isRunning = true;
			const publisher = (async () => {
				for (let index = 0; isRunning; index += 1) {
					const messages = numbered(5, 5, `${index}-`);
					await bus.publish('feed', messages).then(
						() => taken.push(...messages.map(({ payload }) => payload)),
						() => undefined,
					);
					await wait(2);
				}
			})();
			await eventually(() => collector.messages.length > 100, collector.payloads);
			await redis.kill();
			await eventually(
				() => collector.states.length === 2,
				() => collector.states,
			);
			await wait(200);
			await server.start();
			await eventually(
				() => collector.states.length === 3,
				() => collector.states,
			);
			const before = taken.length;
			await eventually(
				() => taken.length > before + 100,
				() => taken.length,
			);
			isRunning = false;
			await publisher;
			const expected = isDurable ? taken : taken.slice(-50);
			const missing = () => {
				const seen = new Set(collector.payloads());
				return expected.filter((payload) => !seen.has(payload));
			};
			await eventually(() => missing().length === 0, missing);
			expect(missing()).toEqual([]);
			expect(collector.states.map(({ up }) => up)).toEqual([true, false, true]);
		});

		it('is noticed when it says nothing any more although the connection stands', async () => {
			const redis = running(await startRedis());
			const proxy = await startProxy(redis);
			close.add(proxy.stop);
			const bus = opened(openBus({ host: proxy.host, port: proxy.port, ...QUICK, answerMs: 400 }));
			const collector = await collect(bus, 'feed');
			await bus.publish('feed', numbered(1));
			await eventually(() => collector.messages.length === 1, collector.payloads);
			proxy.mute();
			await eventually(
				() => collector.states.length === 2,
				() => collector.states,
				8000,
			);
			expect(collector.states[1]?.reason).toBe(`Redis at 127.0.0.1:${proxy.port} does not answer`);
			await expect(bus.publish('feed', numbered(1))).rejects.toThrow('does not answer');
			proxy.unmute();
			await eventually(
				() => collector.states.length === 3,
				() => collector.states,
			);
			await bus.publish('feed', numbered(1, 1, 'again-'));
			await eventually(() => collector.payloads().includes('again-vehicle-0:0'), collector.payloads);
			expect(collector.states.map(({ up }) => up)).toEqual([true, false, true]);
		});
	});

	it('lets a batch in hand be acknowledged when it is back in time', async () => {
		const server = await durableRedis();
		close.add(server.clean);
		const redis = await server.start();
		const bus = opened(STREAMS({ host: redis.host, port: redis.port, ...QUICK, answerMs: 5000 }));
		let isAcked = false;
		let published: Promise<unknown> = Promise.resolve();
		let restarted: Promise<unknown> | undefined;
		const seen: string[] = [];
		await collect(bus, 'feed', {
			onBatch: async (batch) => {
				seen.push(...batch.messages.map(({ payload }) => String(payload)));
				if (seen.length === 1) {
					await published;
					await redis.kill();
					restarted = server.start();
				}
				await batch.ack();
				isAcked = true;
			},
		});
		published = bus.publish('feed', numbered(1));
		await published;
		await eventually(
			() => isAcked,
			() => seen,
		);
		await restarted;
		await bus.publish('feed', numbered(1, 1, 'next-'));
		await eventually(
			() => seen.length === 2,
			() => seen,
		);
		expect(seen).toEqual(['vehicle-0:0', 'next-vehicle-0:0']);
	});
});
