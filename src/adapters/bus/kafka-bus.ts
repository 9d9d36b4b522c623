import type { MessageBus } from '../../app/ports/message-bus';
import { describeKafkaError } from './describe-kafka-error';
import type { KafkaOptions } from './kafka-options';
import { kafkaPublisher } from './kafka-publisher';
import { kafkaReading } from './kafka-session';
import { DEFAULT_RETRY_MAX_MS, runSubscription } from './run-subscription';
import { subscriptionSet } from './subscription-set';

/** See `kafkaBus`. */
export function openKafkaBus(options: KafkaOptions): MessageBus {
	const publisher = kafkaPublisher(options);
	const subscriptions = subscriptionSet();
	return {
		publish: publisher.publish,
		subscribe: async (feed, subscribeOptions, onBatch) => {
			const reading = kafkaReading(options, feed, subscribeOptions);
			const subscription = await runSubscription(
				{
					session: reading.session,
					describe: (error) => {
						const { message, hint } = describeKafkaError(error, options, feed);
						return `${message}. ${hint}`;
					},
					lag: reading.lag,
					retryMaxMs: options.retryMaxMs ?? DEFAULT_RETRY_MAX_MS,
				},
				subscribeOptions,
				onBatch,
			);
			return subscriptions.add(subscription);
		},
		close: async () => {
			await Promise.all([subscriptions.close(), publisher.close()]);
		},
	};
}
