import { randomUUID } from 'node:crypto';
import type { MessageBus } from '../../src/app/ports/message-bus';
import { collect, eventually, numbered, wait } from './bus/collector';
import { describeTransports, type Rig } from './bus/transports';

describeTransports('the contract of a bus', (transport) => {
	let rig: Rig;
	let bus: MessageBus;
	let feed: string;

	beforeAll(async () => {
		rig = await transport.start();
	});
	beforeEach(() => {
		bus = rig.open();
		feed = `feed-${randomUUID()}`;
	});
	afterEach(async () => await bus.close());
	afterAll(async () => await rig.stop());

	// The large ones first: Redis's parser takes two seconds to let go of its buffers, and Jest waits for it.
	it('carries any text', async () => {
		const payloads = [
			'',
			'Grüße 🚚 \u2028 \r\n "quoted" \\',
			'🚚'.repeat(262_144),
			'{"vin":"1M8GDM9AXKP042788"}',
		];
		const collector = await collect(bus, feed);
		await bus.publish(
			feed,
			payloads.map((payload) => ({ key: 'ключ 钥匙', payload })),
		);
		await eventually(
			() => collector.messages.length === 4,
			() => collector.messages.length,
		);
		expect(collector.payloads()).toEqual(payloads);
	});

	it('delivers 10,000 messages once each', async () => {
		const collector = await collect(bus, feed, { batchSize: 500 });
		const messages = numbered(10_000, 100);
		for (let first = 0; first < messages.length; first += 1000) {
			await bus.publish(feed, messages.slice(first, first + 1000));
		}
		await eventually(
			() => collector.messages.length >= 10_000,
			() => collector.messages.length,
			20_000,
		);
		await wait(50);
		expect(collector.payloads()).toEqual(messages.map(({ payload }) => payload));
	});

	it('delivers in the order of each key, in batches of at most the size asked for', async () => {
		const collector = await collect(bus, feed, { batchSize: 7 });
		const messages = numbered(100, 3);
		await bus.publish(feed, messages);
		await eventually(() => collector.messages.length === 100, collector.payloads);
		expect(Math.max(...collector.batchSizes)).toBeLessThanOrEqual(7);
		for (const key of ['vehicle-0', 'vehicle-1', 'vehicle-2']) {
			const sent = messages.filter((message) => message.key === key).map(({ payload }) => payload);
			expect(collector.payloads().filter((payload) => payload.startsWith(`${key}:`))).toEqual(sent);
		}
		expect(new Set(collector.messages.map(({ transportId }) => transportId)).size).toBe(100);
		expect(collector.states).toEqual([{ up: true, reason: null }]);
	});

	it('delivers soon after publishing', async () => {
		const arrivedAt: number[] = [];
		await collect(bus, feed, {
			onBatch: async (batch) => {
				arrivedAt.push(performance.now());
				await batch.ack();
			},
		});
		const delays: number[] = [];
		for (let round = 0; round < 21; round += 1) {
			const publishedAt = performance.now();
			await bus.publish(feed, numbered(1));
			await eventually(
				() => arrivedAt.length > round,
				() => arrivedAt,
			);
			delays.push((arrivedAt.at(-1) ?? Infinity) - publishedAt);
		}
		const median = delays.sort((a, b) => a - b)[10];
		expect(median).toBeLessThan(50);
	});

	it('delivers a batch again that was not acknowledged, or whose handling failed, before what follows', async () => {
		const seen: string[][] = [];
		const collector = await collect(bus, feed, {
			batchSize: 2,
			onBatch: async (batch) => {
				seen.push(batch.messages.map(({ transportId }) => transportId));
				if (seen.length === 1) return;
				if (seen.length === 2) throw new Error('the store is away');
				await batch.ack();
			},
		});
		await bus.publish(feed, numbered(4));
		const last = () => collector.payloads().at(-1);
		await eventually(
			() => last() === 'vehicle-0:3',
			() => seen,
		);
		expect(seen[1]).toEqual(seen[0]);
		expect(seen[2]).toEqual(seen[0]);
		const acknowledged = seen.slice(2).flat();
		expect(acknowledged).toHaveLength(4);
		expect(new Set(acknowledged).size).toBe(4);
		expect(collector.payloads().slice(-4)).toEqual(numbered(4).map(({ payload }) => payload));
	});

	it('gives each group all of the messages', async () => {
		const one = await collect(bus, feed, { group: 'one' });
		const two = await collect(bus, feed, { group: 'two' });
		const messages = numbered(50);
		await bus.publish(feed, messages);
		await eventually(() => one.messages.length + two.messages.length === 100, one.payloads);
		expect(one.payloads()).toEqual(messages.map(({ payload }) => payload));
		expect(two.payloads()).toEqual(one.payloads());
	});

	it(`${transport.sharesGroups ? 'shares' : 'does not share'} a group among its subscribers`, async () => {
		const other = rig.open();
		const one = await collect(bus, feed, { batchSize: 5 });
		const two = await collect(other, feed, { batchSize: 5 });
		const messages = numbered(200);
		await bus.publish(feed, messages.slice(0, 100));
		await other.publish(feed, messages.slice(100));
		const copies = transport.sharesGroups ? 1 : 2;
		await eventually(() => one.messages.length + two.messages.length >= 200 * copies, one.payloads);
		await wait(100);
		const all = [...one.payloads(), ...two.payloads()];
		expect(all).toHaveLength(200 * copies);
		expect(new Set(all).size).toBe(200);
		await other.close();
	});

	it('hands the group over to the other subscriber when one is closed', async () => {
		const one = await collect(bus, feed);
		const other = rig.open();
		const two = await collect(other, feed);
		await bus.publish(feed, numbered(10));
		await eventually(() => one.messages.length + two.messages.length >= 10, one.payloads);
		await one.subscription.close();
		const before = two.messages.length;
		await other.publish(feed, numbered(10, 1, 'later-'));
		await eventually(() => two.messages.length === before + 10, two.payloads);
		expect(two.payloads().slice(before)).toEqual(numbered(10, 1, 'later-').map(({ payload }) => payload));
		await other.close();
	});

	it('starts a new group where it was asked to', async () => {
		await bus.publish(feed, numbered(3, 1, 'early-'));
		const start = await collect(bus, feed, { group: 'start', from: 'start' });
		const now = await collect(bus, feed, { group: 'now', from: 'now' });
		await bus.publish(feed, numbered(2, 1, 'late-'));
		const expected = transport.keepsBeforeFirst ? 5 : 2;
		await eventually(() => start.messages.length >= expected && now.messages.length >= 2, start.payloads);
		expect(start.messages).toHaveLength(expected);
		expect(now.payloads()).toEqual(['late-vehicle-0:0', 'late-vehicle-0:1']);
	});

	it(`${transport.isDurable ? 'keeps' : 'does not keep'} messages while nobody is subscribed`, async () => {
		const first = await collect(bus, feed);
		await bus.publish(feed, numbered(3, 1, 'first-'));
		await eventually(() => first.messages.length === 3, first.payloads);
		await bus.close();
		bus = rig.open();
		await bus.publish(feed, numbered(3, 1, 'meanwhile-'));
		const second = await collect(bus, feed);
		await bus.publish(feed, numbered(1, 1, 'last-'));
		await eventually(() => second.payloads().includes('last-vehicle-0:0'), second.payloads);
		const kept = transport.isDurable ? numbered(3, 1, 'meanwhile-').map(({ payload }) => payload) : [];
		expect(second.payloads()).toEqual([...kept, 'last-vehicle-0:0']);
	});

	it('waits for the batch in hand when it is closed', async () => {
		let release = () => {};
		let isAcked = false;
		const collector = await collect(bus, feed, {
			onBatch: async (batch) => {
				await new Promise<void>((resolve) => (release = resolve));
				await batch.ack();
				isAcked = true;
			},
		});
		await bus.publish(feed, numbered(1));
		await wait(150);
		const closing = collector.subscription.close(5000);
		await wait(50);
		expect(isAcked).toBe(false);
		release();
		await closing;
		expect(isAcked).toBe(true);
	});

	it('leaves a batch unacknowledged that takes longer than the closing waits', async () => {
		let release = () => {};
		let late: Promise<void> | undefined;
		const collector = await collect(bus, feed, {
			onBatch: async (batch) => {
				await new Promise<void>((resolve) => (release = resolve));
				late = batch.ack();
				await late;
			},
		});
		await bus.publish(feed, numbered(1));
		await wait(150);
		const closedIn = performance.now();
		await collector.subscription.close(100);
		expect(performance.now() - closedIn).toBeLessThan(1000);
		release();
		await wait(10);
		await expect(late).rejects.toThrow('closed before this batch was acknowledged');
		const next = await collect(bus, feed);
		if (transport.isDurable) await eventually(() => next.messages.length === 1, next.payloads);
		else await wait(100);
		expect(next.messages).toHaveLength(transport.isDurable ? 1 : 0);
	});

	it('publishes nothing without complaint, and closes twice', async () => {
		await bus.publish(feed, []);
		await bus.close();
		await expect(bus.close()).resolves.toBeUndefined();
	});
});
