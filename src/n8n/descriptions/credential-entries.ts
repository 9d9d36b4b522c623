import type { INodeCredentialDescription } from 'n8n-workflow';

/**
 * For a node's `credentials`. Each is tested by the method of its name in `credentialTests`. The community linter
 * reads `testedBy` only where a node file spells it out, so at least one node does so for each type.
 */
export const storeCredential: INodeCredentialDescription = {
	name: 'fleetStoreApi',
	displayName: 'Store (leave empty for the embedded one)',
	required: false,
	testedBy: 'testFleetStore',
};

export const smtpCredential: INodeCredentialDescription = {
	name: 'fleetSmtpApi',
	displayName: 'Mail server',
	required: false,
	testedBy: 'testFleetSmtp',
};

export const s3Credential: INodeCredentialDescription = {
	name: 'fleetS3Api',
	displayName: 'S3 (leave empty to keep uploaded files in a folder)',
	required: false,
	testedBy: 'testFleetS3',
};

/** Shown, and then required, for the Redis transports only. */
export const redisCredential: INodeCredentialDescription = {
	name: 'fleetRedisApi',
	displayName: 'Redis',
	required: true,
	testedBy: 'testFleetRedis',
	displayOptions: { show: { transport: ['redisStreams', 'redisPubSub'] } },
};

export const kafkaCredential: INodeCredentialDescription = {
	name: 'fleetKafkaApi',
	displayName: 'Kafka',
	required: true,
	testedBy: 'testFleetKafka',
	displayOptions: { show: { transport: ['kafka'] } },
};

export const mqttCredential: INodeCredentialDescription = {
	name: 'fleetMqttApi',
	displayName: 'MQTT',
	required: true,
	testedBy: 'testFleetMqtt',
	displayOptions: { show: { transport: ['mqtt'] } },
};
