import { Admin, Consumer, Producer } from '@platformatic/kafka';
import { randomUUID } from 'node:crypto';
import { kafkaBus } from '../../src/adapters/bus/kafka';
import type { KafkaCompression, KafkaOptions } from '../../src/adapters/bus/kafka-options';
import type { MessageBus } from '../../src/app/ports/message-bus';
import { describeWith, type KafkaService, startKafka } from '../lib/services/kafka';
import { collect, eventually, numbered, wait } from './bus/collector';
import { QUICK_KAFKA } from './bus/kafka-rigs';

describeWith('kafka', 'feeds on Kafka', () => {
	let kafka: KafkaService;
	let admin: Admin;
	let feed: string;
	let buses: MessageBus[] = [];

	beforeAll(async () => {
		kafka = await startKafka({ settings: { 'auto.create.topics.enable': false } });
		admin = new Admin({ clientId: 'test', bootstrapBrokers: [kafka.broker] });
	});
	beforeEach(() => {
		feed = `feed-${randomUUID()}`;
	});
	afterEach(async () => {
		for (const bus of buses) await bus.close();
		buses = [];
	});
	afterAll(async () => {
		await admin?.close();
		await kafka?.kill();
	});

	const open = (options: Partial<KafkaOptions> = {}) => {
		const bus = kafkaBus({ brokers: [kafka.broker], ...QUICK_KAFKA, ...options });
		buses.push(bus);
		return bus;
	};
	const createTopic = async (partitions: number) => {
		await admin.createTopics({ topics: [feed], partitions, replicas: 1 });
	};
	/** What the group has committed, by partition; -1 for nothing. */
	const committed = async (group: string, partitions: number[]) => {
		const looker = new Consumer({ clientId: 'test', bootstrapBrokers: [kafka.broker], groupId: group });
		const offsets = await looker.listCommittedOffsets({ topics: [{ topic: feed, partitions }] });
		await looker.close();
		return offsets.get(feed)?.map(Number);
	};

	it('commits a batch when it is acknowledged, and not before', async () => {
		await createTopic(1);
		const bus = open();
		let release = () => {};
		const collector = await collect(bus, feed, {
			group: 'slow',
			from: 'start',
			batchSize: 20,
			onBatch: async (batch) => {
				await new Promise<void>((resolve) => (release = resolve));
				await batch.ack();
			},
		});
		await bus.publish(feed, numbered(20));
		await eventually(async () => (await collector.subscription.lag()) === 20, collector.payloads);
		await wait(300);
		expect(await committed('slow', [0])).toEqual([0]);
		release();
		await eventually(() => collector.messages.length === 20, collector.payloads);
		expect(await committed('slow', [0])).toEqual([20]);
		expect(await collector.subscription.lag()).toBe(0);
		expect(collector.messages[19]?.transportId).toMatch(/^\S+-0-19$/);
	});

	it('keeps the order of each key over several partitions, and spreads the keys', async () => {
		await createTopic(4);
		const bus = open();
		const messages = numbered(2000, 40);
		await bus.publish(feed, messages);
		const collector = await collect(bus, feed, { from: 'start', batchSize: 70 });
		await eventually(() => collector.messages.length >= 2000, collector.payloads);
		const partitions = new Set(collector.messages.map(({ transportId }) => transportId.split('-').at(-2)));
		expect(partitions.size).toBe(4);
		for (const { key } of messages.slice(0, 40)) {
			const sent = messages.filter((message) => message.key === key).map(({ payload }) => payload);
			expect(collector.payloads().filter((payload) => payload.startsWith(`${key}:`))).toEqual(sent);
		}
	});

	it.each<KafkaCompression>(['gzip', 'snappy', 'lz4', 'zstd'])(
		'carries what %s compressed',
		async (compression) => {
			await createTopic(1);
			const bus = open({ compression });
			const collector = await collect(bus, feed, { from: 'start' });
			const messages = numbered(500, 5, 'long enough to be worth the trouble ');
			await bus.publish(feed, messages);
			await eventually(() => collector.messages.length === 500, collector.payloads);
			expect(collector.payloads()).toEqual(messages.map(({ payload }) => payload));
		},
	);

	it('hands bytes out as they are, and passes over null values, which mark deletions', async () => {
		await createTopic(1);
		const bytes = Buffer.from([0x1f, 0x8b, 0xff, 0x00, 0xc3]);
		const producer = new Producer({ clientId: 'test', bootstrapBrokers: [kafka.broker] });
		await producer.send({
			messages: [
				{ topic: feed, key: Buffer.from('a'), value: bytes },
				{ topic: feed, key: Buffer.from('a'), value: Buffer.from('text') },
				// The library's type knows no null value, its protocol does.
				{ topic: feed, key: Buffer.from('a'), value: null as unknown as Buffer },
			],
		});
		await producer.close();
		const collector = await collect(open(), feed, { from: 'start' });
		await eventually(async () => (await collector.subscription.lag()) === 0, collector.payloads);
		expect(collector.messages.map(({ payload }) => payload)).toEqual([Uint8Array.from(bytes), 'text']);
		expect(await committed('fleet', [0])).toEqual([3]);
	});

	it('counts what was deleted before it was read', async () => {
		await createTopic(1);
		const bus = open();
		await bus.publish(feed, numbered(50));
		const first = await collect(bus, feed, { from: 'start', batchSize: 10, onBatch: ackOnly(1) });
		await eventually(async () => (await committed('fleet', [0]))?.[0] === 10, first.payloads);
		await first.subscription.close(0);
		await admin.deleteRecords({ topics: [{ name: feed, partitions: [{ partition: 0, offset: 30n }] }] });
		const losses: unknown[] = [];
		const second = await collect(bus, feed, { from: 'start', onLoss: (loss) => losses.push(loss) });
		await eventually(() => second.messages.length === 20, second.payloads);
		expect(losses).toEqual([{ count: 20, reason: expect.stringContaining('by its retention') }]);
		expect(second.payloads()[0]).toBe('vehicle-0:30');
	});

	it('says that there is no such topic and how to create it, and reads it once it is there', async () => {
		const bus = open();
		const collector = await collect(bus, feed, { from: 'start' });
		await eventually(
			() => collector.states.length === 1,
			() => collector.states,
		);
		expect(collector.states[0]).toEqual({
			up: false,
			reason: expect.stringMatching(/There is no topic 'feed-.*kafka-topics\.sh .*--create --topic feed-/),
		});
		await expect(bus.publish(feed, numbered(1))).rejects.toMatchObject({
			name: 'BusUnavailableError',
			message: expect.stringContaining('There is no topic'),
		});
		await createTopic(2);
		await eventually(
			() => collector.states.length === 2,
			() => collector.states,
		);
		await bus.publish(feed, numbered(3));
		await eventually(() => collector.messages.length === 3, collector.payloads);
		expect(collector.states.map(({ up }) => up)).toEqual([false, true]);
	});

	it('goes on with a topic that was deleted and made anew', async () => {
		await createTopic(1);
		const bus = open();
		const collector = await collect(bus, feed, { from: 'start' });
		await bus.publish(feed, numbered(3));
		await eventually(() => collector.messages.length === 3, collector.payloads);
		await admin.deleteTopics({ topics: [feed] });
		await createTopic(1);
		await eventually(
			async () => {
				await bus.publish(feed, numbered(1, 1, 'anew-')).catch(() => undefined);
				return collector.payloads().includes('anew-vehicle-0:0');
			},
			() => [collector.payloads(), collector.states],
			30_000,
		);
		expect(collector.payloads().slice(0, 3)).toEqual(numbered(3).map(({ payload }) => payload));
	});

	it('reads a topic that was made anew from its first message on, under ids of its own', async () => {
		await createTopic(1);
		const bus = open();
		const losses: unknown[] = [];
		const collector = await collect(bus, feed, { from: 'now', onLoss: (loss) => losses.push(loss) });
		await bus.publish(feed, numbered(3));
		await eventually(() => collector.messages.length === 3, collector.payloads);
		await admin.deleteTopics({ topics: [feed] });
		await eventually(
			async () => {
				await createTopic(1).catch(() => undefined);
				const publisher = open();
				return await publisher.publish(feed, numbered(9, 1, 'anew-')).then(
					() => true,
					() => false,
				);
			},
			() => collector.states,
			30_000,
		);
		const anew = () => collector.payloads().slice(3);
		await eventually(() => anew().length >= 9, collector.payloads, 30_000);
		expect(anew()).toEqual(numbered(9, 1, 'anew-').map(({ payload }) => payload));
		expect(new Set(collector.messages.map(({ transportId }) => transportId)).size).toBe(12);
		expect(losses).toEqual([{ count: null, reason: expect.stringContaining('made anew') }]);
	});

	/** Acknowledges so many batches, and holds the next for good. */
	function ackOnly(count: number) {
		let acked = 0;
		return async (batch: { ack(): Promise<void> }) => {
			if (acked === count) return await new Promise<void>(() => undefined);
			acked += 1;
			await batch.ack();
		};
	}
});
