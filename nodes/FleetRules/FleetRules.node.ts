import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { credentialTests } from '../../src/n8n/credential-tests';
import { storeCredential } from '../../src/n8n/descriptions/credential-entries';
import { feedField } from '../../src/n8n/descriptions/feed';
import { RULE_OUTPUTS } from '../../src/n8n/descriptions/rule-outputs';
import { runRulesNode } from '../../src/n8n/run-rules-node';

export class FleetRules implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Fleet Rules',
		name: 'fleetRules',
		icon: { light: 'file:../../icons/fleet-rules.svg', dark: 'file:../../icons/fleet-rules.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["feed"] }}',
		description: 'Stores a batch of status messages and evaluates the rules on it',
		defaults: { name: 'Fleet Rules' },
		inputs: [NodeConnectionTypes.Main],
		outputs: RULE_OUTPUTS,
		usableAsTool: true,
		credentials: [storeCredential],
		properties: [
			{
				displayName:
					'Each item is one status message: what the Fleet Feed Trigger emits, or e.g. <code>{ "vehicle": "VIN, plate or external ID", "reportedAt": "2026-03-01T08:00:00Z", "attributes": { "fuelLevel": 12 } }</code>. A message that was seen before has no effect.',
				name: 'messageNotice',
				type: 'notice',
				default: '',
			},
			{
				...feedField,
				description: 'Name of the feed that the messages belong to: a message counts once per feed',
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: [
					{
						displayName: 'Future Tolerance (Seconds)',
						name: 'futureToleranceSeconds',
						type: 'number',
						typeOptions: { minValue: 0 },
						default: 300,
						description: "How far a vehicle's clock may run ahead before its message is rejected",
					},
				],
			},
		],
	};

	methods = { credentialTest: credentialTests };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runRulesNode(this);
	}
}
