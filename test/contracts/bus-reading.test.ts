import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { MessageBatch, MessageBus } from '../../src/app/ports/message-bus';
import { collect, eventually, numbered, wait } from './bus/collector';
import { describeTransports, type Rig } from './bus/transports';

describeTransports('how it is read', (transport) => {
	const { patienceMs } = transport;
	let rig: Rig;
	let bus: MessageBus;
	let buses: MessageBus[];
	let feed: string;

	beforeAll(async () => {
		rig = await transport.start();
	});
	beforeEach(() => {
		buses = [];
		bus = opened();
		feed = `feed-${randomUUID()}`;
	});
	afterEach(async () => {
		for (const one of buses) await one.close();
	});
	afterAll(async () => await rig?.stop());

	const opened = () => {
		const one = rig.open();
		buses.push(one);
		return one;
	};

	it('hands out bytes that are no text as they are, and text as text', async () => {
		if (!rig.publishBytes) {
			// Only this package writes there, and it writes text.
			expect(transport.name).toMatch(/^embedded/);
			return;
		}
		const zipped = gzipSync('{"vin":"1M8GDM9AXKP042788"}');
		const collector = await collect(bus, feed);
		await rig.publishBytes(feed, zipped);
		await rig.publishBytes(feed, Buffer.from('Grüße 🚚'));
		await eventually(() => collector.messages.length === 2, collector.payloads, patienceMs);
		const [bytes, text] = collector.messages.map(({ payload }) => payload);
		expect(bytes).toBeInstanceOf(Uint8Array);
		expect(Buffer.from(bytes ?? '')).toEqual(zipped);
		expect(text).toBe('Grüße 🚚');
	});

	it('delivers batches of thousands', async () => {
		const collector = await collect(bus, feed, { batchSize: 5000, lingerMs: 3000 });
		const messages = numbered(10_000, 100);
		await bus.publish(feed, messages);
		await eventually(
			() => collector.messages.length >= 10_000,
			() => collector.messages.length,
			Math.max(patienceMs, 20_000),
		);
		expect(Math.max(...collector.batchSizes)).toBeGreaterThan(1000);
		expect(Math.max(...collector.batchSizes)).toBeLessThanOrEqual(5000);
		expect(new Set(collector.payloads()).size).toBe(10_000);
		expect(collector.messages).toHaveLength(10_000);
	});

	it('lets a batch that is not full wait for more, as long as it was told to', async () => {
		const collector = await collect(bus, feed, { lingerMs: 1500 });
		for (let index = 0; index < 3; index += 1) {
			await bus.publish(feed, numbered(1, 1, `${index}-`));
			await wait(50);
		}
		expect(collector.messages).toHaveLength(0);
		await eventually(() => collector.messages.length === 3, collector.payloads, patienceMs);
		expect(collector.batchSizes).toEqual([3]);
	});

	it('hands a full batch out without waiting', async () => {
		const collector = await collect(bus, feed, { batchSize: 4, lingerMs: 600_000 });
		await bus.publish(feed, numbered(2));
		await wait(100);
		expect(collector.messages).toHaveLength(0);
		await bus.publish(feed, numbered(2));
		await eventually(() => collector.messages.length === 4, collector.payloads, patienceMs);
		expect(collector.batchSizes).toEqual([4]);
	});

	it(`${transport.tellsLag ? 'tells' : 'does not tell'} how many messages wait`, async () => {
		let release = () => {};
		const held = new Promise<void>((resolve) => (release = resolve));
		const collector = await collect(bus, feed, {
			batchSize: 10,
			onBatch: async (batch) => {
				await held;
				await batch.ack();
			},
		});
		const lag = async () => await collector.subscription.lag();
		await bus.publish(feed, numbered(50));
		const told: (number | null)[] = [];
		const becomes = async (isSo: (lag: number | null) => boolean) => {
			const deadline = Date.now() + patienceMs;
			do {
				told.push(await lag());
				await wait(20);
			} while (!isSo(told.at(-1) ?? null) && Date.now() < deadline);
			return told.at(-1);
		};
		if (!transport.tellsLag) {
			expect(await lag()).toBeNull();
			release();
			return;
		}
		// With or without the batch in hand.
		expect(await becomes((waiting) => waiting === 50 || waiting === 40)).toBeGreaterThanOrEqual(40);
		release();
		await eventually(() => collector.messages.length === 50, collector.payloads, patienceMs);
		expect(await becomes((waiting) => waiting === 0)).toBe(0);
	});

	if (!transport.isExclusive) return;
	it('keeps each key in its order, and with one subscriber at a time, while subscribers come and go', async () => {
		const inHand = new Map<string, number>();
		const order = new Map<string, number[]>();
		const clashes: string[] = [];
		const seen = new Set<string>();
		const workAs = (subscriber: number) => async (batch: MessageBatch) => {
			const keys = new Set<string>();
			for (const { payload } of batch.messages) keys.add(String(payload).split(':')[0] ?? '');
			for (const key of keys) {
				if (inHand.has(key)) clashes.push(`${key} of ${inHand.get(key)} and ${subscriber}`);
				inHand.set(key, subscriber);
			}
			await wait(5);
			for (const { payload } of batch.messages) {
				const [key = '', number = ''] = String(payload).split(':');
				if (!seen.has(String(payload))) order.set(key, [...(order.get(key) ?? []), Number(number)]);
				seen.add(String(payload));
			}
			for (const key of keys) inHand.delete(key);
			await batch.ack();
		};
		const subscribe = async (number: number) =>
			await collect(opened(), feed, { batchSize: 20, from: 'start', onBatch: workAs(number) });
		const messages = numbered(2000, 20);
		let published = 0;
		const publishing = (async () => {
			for (; published < messages.length; published += 20) {
				await bus.publish(feed, messages.slice(published, published + 20));
				await wait(10);
			}
		})();
		const share = async (count: number) =>
			await eventually(
				() => seen.size >= count,
				() => seen.size,
				patienceMs + 10_000,
			);
		const first = await subscribe(1);
		await share(300);
		const second = await subscribe(2);
		await share(900);
		await first.subscription.close();
		await share(1200);
		const third = await subscribe(3);
		await second.subscription.close();
		await publishing;
		await share(2000);
		await third.subscription.close();
		expect(clashes).toEqual([]);
		for (const [key, numbers] of order) {
			const sent = messages.filter((message) => message.key === key).length;
			expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
			expect(numbers).toHaveLength(sent);
		}
	});
});
