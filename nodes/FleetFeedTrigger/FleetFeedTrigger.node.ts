import {
	NodeConnectionTypes,
	type INodeType,
	type INodeTypeDescription,
	type ITriggerFunctions,
	type ITriggerResponse,
} from 'n8n-workflow';
import { credentialTests } from '../../src/n8n/credential-tests';
import {
	kafkaCredential,
	mqttCredential,
	redisCredential,
	storeCredential,
} from '../../src/n8n/descriptions/credential-entries';
import { allowedDelayOption, feedField, transportField } from '../../src/n8n/descriptions/feed';
import { messageFormatFields, messageIdOptions } from '../../src/n8n/descriptions/message-format';
import { RULE_OUTPUTS } from '../../src/n8n/descriptions/rule-outputs';
import { runFeedTrigger } from '../../src/n8n/run-feed-trigger';

const MESSAGES_OUTPUT = [{ type: NodeConnectionTypes.Main, displayName: 'Messages' }];

export class FleetFeedTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Fleet Feed Trigger',
		name: 'fleetFeedTrigger',
		icon: {
			light: 'file:../../icons/fleet-feed-trigger.svg',
			dark: 'file:../../icons/fleet-feed-trigger.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ $parameter["feed"] + ", " + ($parameter["mode"] === "evaluate" ? "rules evaluated" : "in batches") }}',
		description:
			'Reads what vehicles report and starts the workflow when a rule fires, or with each batch of messages',
		defaults: { name: 'Fleet Feed Trigger' },
		inputs: [],
		outputs: `={{ $parameter["mode"] === "messages" ? ${JSON.stringify(MESSAGES_OUTPUT)} : ${JSON.stringify(RULE_OUTPUTS)} }}`,
		credentials: [storeCredential, kafkaCredential, mqttCredential, redisCredential],
		properties: [
			transportField,
			feedField,
			{
				displayName: 'Mode',
				name: 'mode',
				type: 'options',
				noDataExpression: true,
				default: 'evaluate',
				options: [
					{
						name: 'Evaluate Rules',
						value: 'evaluate',
						description:
							'Stores every message and evaluates the rules right here, by the clock as well: absences, durations, reminders. Only what fires, clears, or is rejected starts the workflow.',
					},
					{
						name: 'Emit Messages',
						value: 'messages',
						description:
							'Starts the workflow with each batch, for a Fleet Rules node further on; acknowledged when the workflow succeeded; messages with which it keeps failing are set aside. Rules that wait for the clock need a Schedule Trigger with a Fleet Rules node (Ring Due Timers) besides.',
					},
				],
			},
			...messageFormatFields({ mode: ['evaluate'] }),
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: [
					{ ...allowedDelayOption, displayOptions: { show: { '/mode': ['evaluate'] } } },
					{
						displayName: 'Batch Size',
						name: 'batchSize',
						type: 'number',
						typeOptions: { minValue: 1, maxValue: 10000 },
						default: 1000,
						description:
							'How many messages to take at once, at most. A batch that is not full does not wait for more, unless Batch Wait says so.',
					},
					{
						displayName: 'Batch Wait (Milliseconds)',
						name: 'batchWaitMs',
						type: 'number',
						typeOptions: { minValue: 0, maxValue: 60000 },
						default: 0,
						description:
							'How long a batch that is not full waits for more messages, from its first one on. Costs so much time, and spares the store work.',
					},
					{
						displayName: 'Consumer Group',
						name: 'group',
						type: 'string',
						default: 'fleet',
						placeholder: 'e.g. fleet',
						description: 'Triggers of one group share the messages of the feed; each group gets all of them',
					},
					{
						displayName: 'Future Tolerance (Seconds)',
						name: 'futureToleranceSeconds',
						type: 'number',
						typeOptions: { minValue: 0 },
						default: 300,
						description: "How far a vehicle's clock may run ahead before its message is rejected",
						displayOptions: { show: { '/mode': ['evaluate'] } },
					},
					...messageIdOptions({ '/mode': ['evaluate'] }),
					{
						displayName: 'Tries Before Quarantine',
						name: 'maxTries',
						type: 'number',
						typeOptions: { minValue: 1, maxValue: 100 },
						default: 3,
						description:
							'How often a batch that cannot be processed, or with which the workflow fails, is tried, before the messages that are to blame are sought and quarantined and the others go on. While the store or the transport is away, nothing is quarantined.',
					},
					{
						displayName: 'Workflow Timeout (Seconds)',
						name: 'workflowTimeoutSeconds',
						type: 'number',
						typeOptions: { minValue: 1 },
						default: 300,
						description:
							'How long to wait for the workflow before the batch counts as failed and is delivered again',
						displayOptions: { show: { '/mode': ['messages'] } },
					},
				],
			},
		],
	};

	methods = { credentialTest: credentialTests };

	async trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
		return await runFeedTrigger(this);
	}
}
