import {
	NodeConnectionTypes,
	type INodeType,
	type INodeTypeDescription,
	type ITriggerFunctions,
	type ITriggerResponse,
} from 'n8n-workflow';
import { credentialTests } from '../../src/n8n/credential-tests';
import { storeCredential } from '../../src/n8n/descriptions/credential-entries';
import { runEventTrigger } from '../../src/n8n/run-event-trigger';

export class FleetEventTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Fleet Event Trigger',
		name: 'fleetEventTrigger',
		icon: {
			light: 'file:../../icons/fleet-event-trigger.svg',
			dark: 'file:../../icons/fleet-event-trigger.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description:
			'Starts the workflow when a rule fires or clears, a task or a vehicle changes, or an import ends',
		defaults: { name: 'Fleet Event Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [storeCredential],
		properties: [
			{
				displayName: 'Events',
				name: 'events',
				type: 'multiOptions',
				required: true,
				default: ['ruleFired'],
				options: [
					{ name: 'Import Ended', value: 'importEnded' },
					{ name: 'Rule Cleared', value: 'ruleCleared' },
					{ name: 'Rule Escalated', value: 'ruleEscalated' },
					{ name: 'Rule Fired', value: 'ruleFired' },
					{ name: 'Task Canceled', value: 'taskCanceled' },
					{ name: 'Task Completed', value: 'taskCompleted' },
					{ name: 'Task Created', value: 'taskCreated' },
					{ name: 'Task Deleted', value: 'taskDeleted' },
					{ name: 'Task Updated', value: 'taskUpdated' },
					{ name: 'Vehicle Attached to Customer', value: 'vehicleAttached' },
					{ name: 'Vehicle Created', value: 'vehicleCreated' },
					{ name: 'Vehicle Deleted', value: 'vehicleDeleted' },
					{ name: 'Vehicle Detached From Customer', value: 'vehicleDetached' },
					{ name: 'Vehicle Updated', value: 'vehicleUpdated' },
				],
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: [
					{
						displayName: 'Workflow Timeout (Seconds)',
						name: 'workflowTimeoutSeconds',
						type: 'number',
						typeOptions: { minValue: 1 },
						default: 300,
						description: 'How long to wait for the workflow before the events are delivered again',
					},
				],
			},
		],
	};

	methods = { credentialTest: credentialTests };

	async trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
		return await runEventTrigger(this);
	}
}
