import type { MessageBus } from '../../app/ports/message-bus';
import type { KafkaOptions } from './kafka-options';

/**
 * Feeds as topics of Apache Kafka: durable as the Kafka is; the subscribers of a group share a topic's partitions,
 * one message's key being its vehicle, and what is committed is what was acknowledged. The library is loaded when it
 * is needed.
 */
export function kafkaBus(options: KafkaOptions): MessageBus {
	let opening: Promise<MessageBus> | null = null;
	const open = async () =>
		await (opening ??= import('./kafka-bus').then(({ openKafkaBus }) => openKafkaBus(options)));
	return {
		publish: async (feed, messages) => {
			if (messages.length > 0) await (await open()).publish(feed, messages);
		},
		subscribe: async (feed, subscribeOptions, onBatch) =>
			await (await open()).subscribe(feed, subscribeOptions, onBatch),
		close: async () => {
			await (await opening)?.close();
		},
	};
}

/** See `checkKafka` of check-kafka.ts. */
export async function checkKafka(options: KafkaOptions): Promise<string> {
	return await (await import('./check-kafka')).checkKafka(options);
}
