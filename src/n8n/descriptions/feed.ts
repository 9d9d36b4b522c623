import type { INodeProperties } from 'n8n-workflow';

/** The parameters `transport` and `feed`, for every node that reads or publishes a feed. */
export const transportField: INodeProperties = {
	displayName: 'Transport',
	name: 'transport',
	type: 'options',
	noDataExpression: true,
	default: 'embedded',
	description: 'What carries the messages of the feed',
	options: [
		{
			name: 'Embedded',
			value: 'embedded',
			description: "In the fleet's own store: durable, and nothing to install",
		},
		{
			name: 'Kafka',
			value: 'kafka',
			description: 'Durable, with a consumer group: offsets are committed once the messages are stored',
		},
		{
			name: 'MQTT',
			value: 'mqtt',
			description: 'Durable from the first subscription on: messages are acknowledged once they are stored',
		},
		{
			name: 'Redis Pub/Sub',
			value: 'redisPubSub',
			description: 'Messages sent while nobody listens are lost, as Redis does it',
		},
		{
			name: 'Redis Streams',
			value: 'redisStreams',
			description: 'Durable, with a consumer group: messages are acknowledged once they are stored',
		},
	],
};

export const feedField: INodeProperties = {
	displayName: 'Feed',
	name: 'feed',
	type: 'string',
	required: true,
	default: 'fleet.status',
	placeholder: 'e.g. fleet.status',
	description:
		'Name of the feed: the topic in Kafka or MQTT (there with + and # for many), the stream or channel in Redis, or the name in the embedded store',
};

export const allowedDelayOption: INodeProperties = {
	displayName: 'Allowed Delay (Seconds)',
	name: 'allowedDelaySeconds',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 86400 },
	default: 0,
	description:
		"How much older than its vehicle's newest a message may be and still count. Rules see the messages in the order in which they were reported, so late by so much. What is later yet goes into the history only.",
};
