import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { credentialTests } from '../../src/n8n/credential-tests';
import { storeCredential } from '../../src/n8n/descriptions/credential-entries';
import { allowedDelayOption, feedField } from '../../src/n8n/descriptions/feed';
import { messageFormatFields, messageIdOptions } from '../../src/n8n/descriptions/message-format';
import { RULE_OUTPUTS } from '../../src/n8n/descriptions/rule-outputs';
import { runRulesNode } from '../../src/n8n/run-rules-node';

export class FleetRules implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Fleet Rules',
		name: 'fleetRules',
		icon: { light: 'file:../../icons/fleet-rules.svg', dark: 'file:../../icons/fleet-rules.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] === "ring" ? "due timers" : $parameter["feed"] }}',
		description:
			'Stores a batch of status messages and evaluates the rules on it, or does what is due by the clock',
		defaults: { name: 'Fleet Rules' },
		inputs: [NodeConnectionTypes.Main],
		outputs: RULE_OUTPUTS,
		usableAsTool: true,
		credentials: [storeCredential],
		properties: [
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				default: 'process',
				options: [
					{
						name: 'Process Messages',
						value: 'process',
						description: 'Store the messages and evaluate the rules on them',
						action: 'Process messages',
					},
					{
						name: 'Ring Due Timers',
						value: 'ring',
						description:
							'Evaluate what is due by the clock, without messages: absences, durations, reminders. For a Schedule Trigger.',
						action: 'Ring due timers',
					},
				],
			},
			{
				displayName:
					'Rules ask for the clock when nothing is reported for so long, when something has lasted so long, and for reminders. Put this behind a Schedule Trigger where messages come through a Fleet Rules node; a Fleet Feed Trigger that evaluates the rules does it by itself, every second.',
				name: 'timerNotice',
				type: 'notice',
				default: '',
				displayOptions: { show: { operation: ['ring'] } },
			},
			{
				displayName:
					'Each item is one status message: what the Fleet Feed Trigger emits, or e.g. <code>{ "vehicle": "VIN, plate or external ID", "reportedAt": "2026-03-01T08:00:00Z", "attributes": { "fuelLevel": 12 } }</code>. A message that was seen before has no effect.',
				name: 'messageNotice',
				type: 'notice',
				default: '',
				displayOptions: { show: { operation: ['process'] } },
			},
			{
				...feedField,
				description: 'Name of the feed that the messages belong to: a message counts once per feed',
				displayOptions: { show: { operation: ['process'] } },
			},
			...messageFormatFields({ operation: ['process'] }),
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: [
					allowedDelayOption,
					{
						displayName: 'Future Tolerance (Seconds)',
						name: 'futureToleranceSeconds',
						type: 'number',
						typeOptions: { minValue: 0 },
						default: 300,
						description: "How far a vehicle's clock may run ahead before its message is rejected",
						displayOptions: { show: { '/operation': ['process'] } },
					},
					...messageIdOptions({ '/operation': ['process'] }),
				],
			},
		],
	};

	methods = { credentialTest: credentialTests };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runRulesNode(this);
	}
}
