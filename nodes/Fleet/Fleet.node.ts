import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { credentialTests } from '../../src/n8n/credential-tests';
import { s3Credential, storeCredential } from '../../src/n8n/descriptions/credential-entries';
import { listSearch } from '../../src/n8n/list-search';
import { loadOptions } from '../../src/n8n/load-options';
import { loadRuntime } from '../../src/n8n/load-runtime';
import { describeResources, dispatchTable } from '../../src/n8n/operation';
import { ruleResourceMapping } from '../../src/n8n/rule-methods';
import { runPerItem } from '../../src/n8n/run-per-item';
import { customer } from './operations/customer/customer.resource';
import { feed } from './operations/feed/feed.resource';
import { firing } from './operations/firing/firing.resource';
import { geofence } from './operations/geofence/geofence.resource';
import { imports } from './operations/import/import.resource';
import { log } from './operations/log/log.resource';
import { rejectedMessage } from './operations/rejected-message/rejected-message.resource';
import { rule } from './operations/rule/rule.resource';
import { status } from './operations/status/status.resource';
import { store } from './operations/store/store.resource';
import { task } from './operations/task/task.resource';
import { vehicle } from './operations/vehicle/vehicle.resource';

const RESOURCES = [
	customer,
	feed,
	firing,
	geofence,
	imports,
	log,
	rejectedMessage,
	rule,
	status,
	store,
	task,
	vehicle,
];

const operationOf = dispatchTable(RESOURCES);

export class Fleet implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Fleet',
		name: 'fleet',
		icon: { light: 'file:../../icons/fleet.svg', dark: 'file:../../icons/fleet.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Keep the records of a fleet: vehicles, customers, tasks, rules and what they brought about',
		defaults: { name: 'Fleet' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [
			{ ...storeCredential, name: 'fleetStoreApi', testedBy: 'testFleetStore' },
			{ ...s3Credential, displayOptions: { show: { resource: ['import'], operation: ['delete'] } } },
		],
		properties: describeResources(RESOURCES, 'vehicle'),
	};

	methods = {
		credentialTest: credentialTests,
		listSearch,
		loadOptions,
		resourceMapping: ruleResourceMapping,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { openFleet, records } = await loadRuntime();
		const items = await runPerItem(this, async (itemIndex) => {
			const resource = this.getNodeParameter('resource', itemIndex);
			const operation = this.getNodeParameter('operation', itemIndex);
			const fleet = await openFleet(this, itemIndex);
			return await operationOf(resource, operation).execute({ context: this, itemIndex, fleet, records });
		});
		return [items];
	}
}
