import type { MessageBus } from '../../app/ports/message-bus';
import type { Database } from '../store/database';
import { embeddedBus, type EmbeddedBusOptions } from './embedded';
import { mqttBus, type MqttBusOptions } from './mqtt';
import { kafkaBus } from './kafka';
import type { KafkaOptions } from './kafka-options';
import { redisPubSubBus, type RedisPubSubOptions } from './redis-pubsub';
import { redisStreamsBus, type RedisStreamsOptions } from './redis-streams';

/** What carries a feed, and how it is reached: plain data, so that it can be handed to a thread or kept in a file. */
export type TransportOptions =
	| ({ readonly kind: 'embedded' } & Pick<EmbeddedBusOptions, 'leaseMs'>)
	| { readonly kind: 'redisStreams'; readonly redis: RedisStreamsOptions }
	| { readonly kind: 'redisPubSub'; readonly redis: RedisPubSubOptions }
	| { readonly kind: 'kafka'; readonly kafka: KafkaOptions }
	| { readonly kind: 'mqtt'; readonly mqtt: MqttBusOptions };

export type TransportKind = TransportOptions['kind'];

/** The transports that need nothing but what their options say. */
export type NetworkTransport = Exclude<TransportOptions, { readonly kind: 'embedded' }>;

/** A bus of the caller's own, who closes it. The embedded one works on `database`, which stays open. */
export function openBus(options: TransportOptions, database: Database): MessageBus {
	return options.kind === 'embedded' ? embeddedBus(database, options) : openNetworkBus(options);
}

/** A bus of the caller's own, who closes it. */
export function openNetworkBus(options: NetworkTransport): MessageBus {
	switch (options.kind) {
		case 'redisStreams':
			return redisStreamsBus(options.redis);
		case 'redisPubSub':
			return redisPubSubBus(options.redis);
		case 'kafka':
			return kafkaBus(options.kafka);
		case 'mqtt':
			return mqttBus(options.mqtt);
	}
}
