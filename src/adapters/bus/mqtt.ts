import { randomUUID } from 'node:crypto';
import type { MessageBus } from '../../app/ports/message-bus';
import { assertFilter, assertTopic } from '../../domain/mqtt-topic';
import { describeMqttError } from './describe-mqtt-error';
import { liveConnection } from './live-connection';
import { type MqttConnection, mqttAnswerMs, openMqtt } from './mqtt-connection';
import { publishAll } from './mqtt-publish';
import { mqttReader, type MqttReaderOptions } from './mqtt-reader';
import { DEFAULT_RETRY_MAX_MS, runSubscription } from './run-subscription';
import { subscriptionSet } from './subscription-set';

export interface MqttBusOptions extends MqttReaderOptions {
	/** Longest pause between two attempts to reach the broker; default 15,000. */
	readonly retryMaxMs?: number;
}

/**
 * Feeds as MQTT topics, at least once (QoS 1); a subscription may have wildcards. The broker keeps a group's messages
 * from the group's first subscription on, in the session of one client: one subscriber of a group reads at a time, the
 * newest, and the others stand by. `transportId` is new for each arrival, also when the broker delivers again after a
 * reconnect: MQTT gives messages no name that lasts. What a tracker publishes with QoS 0 may get lost.
 */
export function mqttBus(options: MqttBusOptions): MessageBus {
	const subscriptions = subscriptionSet();
	const describe = (error: unknown) => describeMqttError(error, options);
	const publisher = liveConnection<MqttConnection>({
		open: async (signal) => await openMqtt(options, { clientId: publisherId(options), clean: true }, signal),
		isLive: ({ broken }) => !broken.aborted,
		drop: (connection) => void connection.end(),
		describe,
		answerMs: mqttAnswerMs(options),
	});
	return {
		publish: async (feed, messages) => {
			assertTopic(feed);
			if (messages.length > 0)
				await publisher.run(
					async (connection) => await publishAll(connection, feed, messages, mqttAnswerMs(options)),
				);
		},
		subscribe: async (feed, subscribeOptions, onBatch) => {
			assertFilter(feed);
			const subscription = await runSubscription(
				{
					session: mqttReader(options, feed, subscribeOptions),
					describe: (error) => describe(error).message,
					// A broker does not tell how much it keeps for a session.
					lag: async () => null,
					retryMaxMs: options.retryMaxMs ?? DEFAULT_RETRY_MAX_MS,
				},
				subscribeOptions,
				onBatch,
			);
			return subscriptions.add(subscription);
		},
		close: async () => {
			await subscriptions.close();
			publisher.close();
		},
	};
}

const publisherId = ({ clientIdPrefix = 'fleet' }: MqttBusOptions): string =>
	`${clientIdPrefix}${randomUUID().replaceAll('-', '').slice(0, 18)}`;
