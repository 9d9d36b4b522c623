import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { credentialTests } from '../../src/n8n/credential-tests';
import { smtpCredential, storeCredential } from '../../src/n8n/descriptions/credential-entries';
import { runActionNode } from '../../src/n8n/run-action-node';

export class FleetAction implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Fleet Action',
		name: 'fleetAction',
		icon: { light: 'file:../../icons/fleet-action.svg', dark: 'file:../../icons/fleet-action.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["which"] === "firings" ? "of the given firings" : "all pending" }}',
		description:
			'Performs what rules decided: sends the emails of firings. Log entries and tasks are there already.',
		defaults: { name: 'Fleet Action' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [storeCredential, { ...smtpCredential, name: 'fleetSmtpApi', testedBy: 'testFleetSmtp' }],
		properties: [
			{
				displayName: 'Actions',
				name: 'which',
				type: 'options',
				noDataExpression: true,
				default: 'firings',
				options: [
					{
						name: 'Of the Given Firings',
						value: 'firings',
						description:
							'The actions of the firings that come in as items, from Fleet Feed Trigger or Fleet Rules',
					},
					{
						name: 'All Pending',
						value: 'pending',
						description: 'Every action that is due, whichever firing it belongs to',
					},
				],
			},
			{
				displayName: 'Firing ID',
				name: 'firingId',
				type: 'string',
				required: true,
				default: '={{ $json.firing.id }}',
				placeholder: 'e.g. 42',
				displayOptions: { show: { which: ['firings'] } },
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				displayOptions: { show: { which: ['pending'] } },
				options: [
					{
						displayName: 'Limit',
						name: 'limit',
						type: 'number',
						typeOptions: { minValue: 1 },
						default: 50,
						description: 'Max number of results to return',
					},
				],
			},
		],
	};

	methods = { credentialTest: credentialTests };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runActionNode(this);
	}
}
