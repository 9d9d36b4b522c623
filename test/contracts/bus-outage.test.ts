import { BusUnavailableError } from '../../src/app/errors';
import type { MessageBus } from '../../src/app/ports/message-bus';
import { collect, eventually, numbered, wait } from './bus/collector';
import { describeTransports, type OutageRig, type Transport } from './bus/transports';

describeTransports('a server that goes away', (transport) => {
	if (transport.outage) describeOutages(transport, transport.outage);
	else it('has none of its own but the store', () => expect(transport.name).toMatch(/^embedded/));
});

function describeOutages(
	{ isDurable, patienceMs }: Transport,
	outage: NonNullable<Transport['outage']>,
): void {
	let rig: OutageRig | undefined;
	let open: MessageBus[] = [];

	afterEach(async () => {
		for (const bus of open) await bus.close();
		await rig?.clean();
		open = [];
		rig = undefined;
	});

	const start = async (network: 'direct' | 'proxied') => {
		const started = await outage(network);
		rig = started;
		return {
			...started,
			open: (answerMs: number) => {
				const bus = started.open({ answerMs });
				open.push(bus);
				return bus;
			},
		};
	};

	it('is waited for when it is down at the start', async () => {
		const { startServer, open: openBus } = await start('direct');
		const bus = openBus(500);
		const collector = await collect(bus, 'feed');
		const shown = () => collector.states;
		await eventually(() => collector.states.length > 0, shown, patienceMs);
		const askedAt = performance.now();
		const refusal: unknown = await bus.publish('feed', numbered(1)).catch((error: unknown) => error);
		expect(performance.now() - askedAt).toBeLessThan(3000);
		expect(refusal).toBeInstanceOf(BusUnavailableError);
		expect(refusal).toMatchObject({ hint: expect.stringMatching(/^Start /) });
		expect(collector.states).toEqual([
			{ up: false, reason: expect.stringContaining('refused the connection') },
		]);

		await startServer();
		await eventually(() => collector.states.length === 2, shown, patienceMs);
		await bus.publish('feed', numbered(3));
		await eventually(() => collector.messages.length === 3, collector.payloads, patienceMs);
		expect(collector.states.map(({ up }) => up)).toEqual([false, true]);
	});

	it('does not hinder closing while it is down', async () => {
		const { open: openBus } = await start('direct');
		const bus = openBus(2000);
		await collect(bus, 'feed');
		const publishing = bus.publish('feed', numbered(1)).catch((error: unknown) => error);
		const askedAt = performance.now();
		await bus.close();
		expect(performance.now() - askedAt).toBeLessThan(2000);
		expect(await publishing).toBeInstanceOf(BusUnavailableError);
	});

	it('does not hinder closing while it does not answer', async () => {
		const { startServer, mute, open: openBus } = await start('proxied');
		await startServer();
		mute();
		const bus = openBus(30_000);
		await collect(bus, 'feed');
		const publishing = bus.publish('feed', numbered(1)).catch((error: unknown) => error);
		await wait(50);
		const askedAt = performance.now();
		await bus.close();
		expect(performance.now() - askedAt).toBeLessThan(3000);
		expect(await publishing).toBeInstanceOf(BusUnavailableError);
	});

	it('does not hinder closing when it falls silent while it is read', async () => {
		const { startServer, mute, open: openBus } = await start('proxied');
		await startServer();
		const bus = openBus(30_000);
		const collector = await collect(bus, 'feed', { from: 'start' });
		await bus.publish('feed', numbered(1));
		await eventually(() => collector.messages.length === 1, collector.payloads, patienceMs);
		mute();
		const askedAt = performance.now();
		await bus.close();
		expect(performance.now() - askedAt).toBeLessThan(3000);
	});

	it(`${isDurable ? 'loses nothing' : 'goes on'} when it is killed and comes back`, async () => {
		const { startServer, killServer, open: openBus } = await start('direct');
		await startServer();
		const bus = openBus(2000);
		const collector = await collect(bus, 'feed', {
			from: 'start',
			batchSize: 50,
			onBatch: async (batch) => {
				await wait(2);
				await batch.ack();
			},
		});
		const shown = () => collector.states;
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
		await eventually(() => collector.messages.length > 100, collector.payloads, patienceMs);
		await killServer();
		await eventually(() => collector.states.length === 2, shown, patienceMs);
		await wait(200);
		await startServer();
		await eventually(() => collector.states.length === 3, shown, patienceMs);
		const before = taken.length;
		await eventually(
			() => taken.length > before + 100,
			() => taken.length,
			patienceMs,
		);
		isRunning = false;
		await publisher;
		const expected = isDurable ? taken : taken.slice(-50);
		const missing = () => {
			const seen = new Set(collector.payloads());
			return expected.filter((payload) => !seen.has(payload));
		};
		await eventually(() => missing().length === 0, missing, patienceMs, 50);
		expect(missing()).toEqual([]);
		expect(collector.states.map(({ up }) => up)).toEqual([true, false, true]);
	});

	it('is noticed when it says nothing any more although the connection stands', async () => {
		const { startServer, mute, unmute, open: openBus } = await start('proxied');
		await startServer();
		const bus = openBus(400);
		const collector = await collect(bus, 'feed', { from: 'start' });
		const shown = () => collector.states;
		await bus.publish('feed', numbered(1));
		await eventually(() => collector.messages.length >= 1, collector.payloads, patienceMs);
		mute();
		// Whatever a transport is told of patience: a minute is too long.
		await eventually(() => collector.states.length === 2, shown, Math.min(patienceMs, 55_000));
		expect(collector.states[1]?.reason).toContain('does not answer');
		await expect(bus.publish('feed', numbered(1))).rejects.toThrow('does not answer');
		unmute();
		await eventually(() => collector.states.length === 3, shown, patienceMs);
		await bus.publish('feed', numbered(1, 1, 'again-'));
		await eventually(
			() => collector.payloads().includes('again-vehicle-0:0'),
			collector.payloads,
			patienceMs,
		);
		expect(collector.states.map(({ up }) => up)).toEqual([true, false, true]);
	});

	if (!isDurable) return;
	it('lets a batch in hand be acknowledged when it is back in time', async () => {
		const { startServer, killServer, open: openBus } = await start('direct');
		await startServer();
		const bus = openBus(Math.max(5000, patienceMs));
		let isAcked = false;
		let published: Promise<unknown> = Promise.resolve();
		let restarted: Promise<unknown> | undefined;
		const seen: string[] = [];
		await collect(bus, 'feed', {
			from: 'start',
			onBatch: async (batch) => {
				seen.push(...batch.messages.map(({ payload }) => String(payload)));
				if (seen.length === 1) {
					await published;
					await killServer();
					restarted = startServer();
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
			patienceMs,
		);
		await restarted;
		await bus.publish('feed', numbered(1, 1, 'next-'));
		await eventually(
			() => seen.length >= 2,
			() => seen,
			patienceMs,
		);
		expect(seen).toEqual(['vehicle-0:0', 'next-vehicle-0:0']);
	});
}
