import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { credentialTests } from '../../src/n8n/credential-tests';
import {
	kafkaCredential,
	mqttCredential,
	redisCredential,
	storeCredential,
} from '../../src/n8n/descriptions/credential-entries';
import { feedField, transportField } from '../../src/n8n/descriptions/feed';
import { statusMessageFields } from '../../src/n8n/descriptions/status-message';
import { runFeedNode } from '../../src/n8n/run-feed-node';

export class FleetFeed implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Fleet Feed',
		name: 'fleetFeed',
		icon: { light: 'file:../../icons/fleet-feed.svg', dark: 'file:../../icons/fleet-feed.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ "publish to " + $parameter["feed"] }}',
		description: 'Publishes status messages of vehicles to a feed',
		defaults: { name: 'Fleet Feed' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [
			storeCredential,
			{ ...kafkaCredential, name: 'fleetKafkaApi', testedBy: 'testFleetKafka' },
			{ ...mqttCredential, name: 'fleetMqttApi', testedBy: 'testFleetMqtt' },
			{ ...redisCredential, name: 'fleetRedisApi', testedBy: 'testFleetRedis' },
		],
		properties: [
			transportField,
			feedField,
			...statusMessageFields,
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: [
					{
						displayName: 'Check Messages',
						name: 'check',
						type: 'boolean',
						default: true,
						description:
							'Whether to refuse an item that is no status message here, rather than let whoever reads the feed reject it',
					},
				],
			},
		],
	};

	methods = { credentialTest: credentialTests };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runFeedNode(this);
	}
}
