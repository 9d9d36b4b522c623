import { Admin } from '@platformatic/kafka';
import { kafkaBus } from '../../src/adapters/bus/kafka';
import type { MessageBus } from '../../src/app/ports/message-bus';
import { describeWith, type KafkaService, startKafka } from '../lib/services/kafka';
import { eventually, wait } from './bus/collector';
import { QUICK_KAFKA } from './bus/kafka-rigs';

const PARTITIONS = 6;
const KEYS = 30;
const MEMBER_LIVES_MS = 1500;
const LASTS_MS = 15_000;

interface Delivery {
	readonly transportId: string;
	readonly payload: string;
	readonly by: string;
}

describeWith('kafka', 'a group on Kafka whose members come and go', () => {
	let kafka: KafkaService;
	let publisher: MessageBus;
	let open: MessageBus[];

	beforeAll(async () => {
		kafka = await startKafka();
	});
	beforeEach(() => {
		open = [];
		publisher = newBus();
	});
	afterEach(async () => {
		for (const bus of open) await bus.close();
	});
	afterAll(async () => await kafka?.kill());

	const newBus = () => {
		const bus = kafkaBus({ brokers: [kafka.broker], ...QUICK_KAFKA });
		open.push(bus);
		return bus;
	};
	const createTopic = async (feed: string) => {
		const admin = new Admin({ clientId: 'test', bootstrapBrokers: [kafka.broker] });
		await admin.createTopics({ topics: [feed], partitions: PARTITIONS, replicas: 1 });
		await admin.close();
	};

	/** Publishes until it is told to stop; answers what Kafka took. */
	const keepPublishing = (feed: string) => {
		const sent: string[] = [];
		let isRunning = true;
		const done = (async () => {
			for (let number = 0; isRunning; number += 1) {
				const messages = Array.from({ length: 20 }, (_, index) => {
					const key = `vehicle-${(number * 20 + index) % KEYS}`;
					return { key, payload: `${key}:${number * 20 + index}` };
				});
				await publisher.publish(feed, messages);
				sent.push(...messages.map(({ payload }) => payload));
				await wait(10);
			}
		})();
		return {
			sent,
			stop: async () => {
				isRunning = false;
				await done;
			},
		};
	};

	const join = async (feed: string, by: string, acked: Delivery[], workMs = 5) => {
		const bus = newBus();
		await bus.subscribe(feed, { group: 'fleet', batchSize: 50, from: 'start' }, async (batch) => {
			await wait(workMs);
			await batch.ack();
			acked.push(...batch.messages.map((message) => ({ ...message, payload: String(message.payload), by })));
		});
		return bus;
	};

	it('loses nothing, repeats nothing that was acknowledged, and keeps the order of each key', async () => {
		await createTopic('orderly');
		const acked: Delivery[] = [];
		await join('orderly', 'one', acked);
		const publishing = keepPublishing('orderly');
		const endsAt = Date.now() + LASTS_MS;
		for (let number = 2; Date.now() < endsAt; number += 1) {
			const bus = await join('orderly', `member ${number}`, acked, 30);
			await wait(MEMBER_LIVES_MS);
			await bus.close();
			await wait(300);
		}
		await publishing.stop();
		const { sent } = publishing;
		const missing = () => {
			const seen = new Set(acked.map(({ payload }) => payload));
			return sent.filter((payload) => !seen.has(payload));
		};
		await eventually(() => missing().length === 0, missing, 20_000);
		await wait(300);
		expect(sent.length).toBeGreaterThan(1000);
		expect(new Set(acked.map(({ by }) => by)).size).toBeGreaterThan(3);
		expect(acked).toHaveLength(sent.length);
		for (let key = 0; key < KEYS; key += 1) {
			const of = (payload: string) => payload.startsWith(`vehicle-${key}:`);
			expect(acked.map(({ payload }) => payload).filter(of)).toEqual(sent.filter(of));
		}
	});

	it('reads partitions that are added while it reads', async () => {
		await createTopic('growing');
		const acked: Delivery[] = [];
		for (const by of ['one', 'two', 'three']) await join('growing', by, acked);
		const admin = new Admin({ clientId: 'test', bootstrapBrokers: [kafka.broker] });
		await admin.createPartitions({ topics: [{ name: 'growing', count: 2 * PARTITIONS }] });
		await admin.close();
		const messages = Array.from({ length: 200 }, (_, index) => ({
			key: `vehicle-${index}`,
			payload: `${index}`,
		}));
		await newBus().publish('growing', messages);
		await eventually(
			() => acked.length >= messages.length,
			() => acked.length,
			40_000,
		);
		expect(acked.map(({ payload }) => payload).toSorted()).toEqual(
			messages.map(({ payload }) => payload).toSorted(),
		);
		const partitions = new Set(acked.map(({ transportId }) => transportId.split('-').at(-2)));
		expect(partitions.size).toBe(2 * PARTITIONS);
	});

	it('gives to another what a member took longer over than the group waits, and refuses its acknowledgement', async () => {
		await createTopic('slow');
		await publisher.publish('slow', [{ key: 'vehicle', payload: 'first' }]);
		const acked: Delivery[] = [];
		let refusal: unknown;
		let release = () => {};
		await newBus().subscribe('slow', { group: 'fleet', batchSize: 50, from: 'start' }, async (batch) => {
			if (refusal !== undefined) {
				await batch.ack();
				acked.push({ transportId: '', payload: 'first', by: 'the slow one again' });
				return;
			}
			await new Promise<void>((resolve) => (release = resolve));
			await batch.ack().catch((error: unknown) => (refusal = error));
		});
		await wait(500);
		// One member a partition more, so that the slow one has to part with what it has in hand sooner or later.
		for (let number = 0; number < PARTITIONS; number += 1) await join('slow', `member ${number}`, acked);
		await wait(8000);
		release();
		await eventually(
			() => refusal !== undefined,
			() => refusal,
			20_000,
		);
		expect(refusal).toMatchObject({ name: 'LeaseLostError' });
		await eventually(
			() => acked.length > 0,
			() => acked,
			20_000,
		);
		expect(acked.map(({ payload }) => payload)).toEqual(['first']);
	});
});
