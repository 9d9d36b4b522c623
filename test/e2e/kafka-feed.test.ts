import { Admin, Producer } from '@platformatic/kafka';
import type { Item } from '../../scripts/demo/fleet-desk.mjs';
import { describeWith, KAFKA_USER, type KafkaService, startKafka } from '../lib/services/kafka';
import { type RunningFleet, START_WITHIN_MS, startFleet } from './lib/start-fleet';
import { eventually } from './tools/eventually';
import { queryFleet } from './tools/fleet-file';
import { startWorkflow } from './tools/workflows';

const VIN = '1M8GDM9AXKP042788';
const FEED = 'kafka.test';

const message = (id: string): Item => ({
	messageId: id,
	vehicle: VIN,
	reportedAt: new Date().toISOString(),
	attributes: { speed: 1 },
});

describeWith('kafka', 'Fleet Feed Trigger over Kafka', () => {
	let fleet: RunningFleet;
	let kafka: KafkaService;
	let credentials: Record<string, { id: string; name: string }>;

	beforeAll(async () => {
		fleet = await startFleet();
		kafka = await startKafka({ security: 'saslTls' });
		const { id, name } = await fleet.n8n.call<{ id: string; name: string }>('POST', '/credentials', {
			name: 'Kafka of the test',
			type: 'fleetKafkaApi',
			data: {
				...{ brokers: kafka.broker, clientId: 'n8n', tls: true, ca: kafka.certificate, compression: 'lz4' },
				...{ authentication: 'scram-sha-512', ...KAFKA_USER },
			},
		});
		credentials = { fleetKafkaApi: { id, name } };
		await fleet.desk.fleet('vehicle', 'create', { vin: VIN, plate: 'B FL 4711' });
	}, START_WITHIN_MS);

	afterAll(async () => {
		await fleet?.stop();
		await kafka?.kill();
	}, START_WITHIN_MS);

	const connection = () => ({
		clientId: 'other',
		bootstrapBrokers: [kafka.broker],
		tls: { ca: kafka.certificate ?? '' },
		sasl: { mechanism: 'PLAIN' as const, ...KAFKA_USER },
	});
	const taken = () =>
		queryFleet(fleet.host, 'SELECT * FROM status_history WHERE feed = ? ORDER BY id', FEED).map(
			({ messageId }) => messageId,
		);

	it('takes what the Fleet Feed node and other programs publish, however it is compressed', async () => {
		await startWorkflow(fleet.n8n, {
			name: 'Kafka',
			steps: [
				{
					name: 'Feed',
					type: 'n8n-nodes-fleet.fleetFeedTrigger',
					parameters: { transport: 'kafka', feed: FEED, mode: 'evaluate', options: {} },
					credentials,
				},
				{ name: 'End', type: 'n8n-nodes-base.noOp', parameters: {} },
			],
		});
		await fleet.desk.publish({ name: 'kafka', credentials }, FEED, [message('by the node')]);
		await eventually('the message is taken', () => taken().length === 1);
		const producer = new Producer(connection());
		for (const compression of ['none', 'gzip', 'snappy', 'zstd'] as const) {
			const value = Buffer.from(JSON.stringify(message(compression)));
			await producer.send({ messages: [{ topic: FEED, key: Buffer.from(VIN), value }], compression });
			await eventually('it is taken', () => taken().includes(compression));
		}
		await producer.close();
		expect(taken()).toEqual(['by the node', 'none', 'gzip', 'snappy', 'zstd']);

		const admin = new Admin(connection());
		const committed = async () => {
			const [group] = await admin.listConsumerGroupOffsets({ groups: ['fleet'] });
			return group?.topics
				.flatMap(({ partitions }) => partitions)
				.reduce((sum, { committedOffset }) => sum + Number(committedOffset), 0);
		};
		await eventually('all is committed', async () => (await committed()) === 5);
		await admin.close();
	}, 120_000);
});
