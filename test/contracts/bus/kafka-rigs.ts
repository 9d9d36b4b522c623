import { Producer } from '@platformatic/kafka';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kafkaBus } from '../../../src/adapters/bus/kafka';
import { freePort } from '../../lib/services/child-service';
import { type KafkaService, startKafka } from '../../lib/services/kafka';
import { startProxy } from './proxy';
import type { OutageRig, Rig } from './transports';

/** Fast to give up and to come back, as tests like it. */
export const QUICK_KAFKA = { retryMaxMs: 200, answerMs: 5000, sessionMs: 6_000 };

/** One partition, so that a feed is in order as a whole; room for messages of a megabyte; fast to see who is gone. */
const SETTINGS = {
	'num.partitions': 1,
	'message.max.bytes': 4 * 1024 * 1024,
	'group.min.session.timeout.ms': 1000,
};

export async function kafkaRig(): Promise<Rig> {
	const { broker, stop } = await startKafka({ settings: SETTINGS });
	const kafka = { brokers: [broker], ...QUICK_KAFKA };
	return {
		open: () => kafkaBus(kafka),
		// Nothing of a bus on Kafka lies in the store.
		forProcess: { transport: { kind: 'kafka', kafka }, store: { kind: 'sqlite', path: ':memory:' } },
		publishBytes: async (feed, payload) => {
			const producer = new Producer({
				clientId: 'other',
				bootstrapBrokers: [broker],
				autocreateTopics: true,
			});
			await producer.send({ messages: [{ topic: feed, value: Buffer.from(payload) }] });
			await producer.close();
		},
		stop,
	};
}

export async function kafkaOutage(network: 'direct' | 'proxied'): Promise<OutageRig> {
	const dir = await mkdtemp(join(tmpdir(), 'fleet-kafka-'));
	const server = { host: '127.0.0.1', port: await freePort() };
	const proxy = network === 'proxied' ? await startProxy(server) : null;
	const broker = `${server.host}:${proxy?.port ?? server.port}`;
	const advertised = proxy ? { advertisedPort: proxy.port } : {};
	let running: KafkaService | undefined;
	return {
		startServer: async () => {
			running = await startKafka({ dir, port: server.port, ...advertised, settings: SETTINGS });
		},
		killServer: async () => await running?.kill(),
		open: (options) => kafkaBus({ brokers: [broker], ...QUICK_KAFKA, ...options }),
		mute: () => proxy?.mute(),
		unmute: () => proxy?.unmute(),
		clean: async () => {
			await proxy?.stop();
			await running?.kill();
			await rm(dir, { recursive: true, force: true });
		},
	};
}
