import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { credentialTests } from '../../src/n8n/credential-tests';
import { storeCredential } from '../../src/n8n/descriptions/credential-entries';
import { listSearch } from '../../src/n8n/list-search';
import { runPerItem } from '../../src/n8n/run-per-item';
import * as create from './operations/create.operation';
import * as preview from './operations/preview.operation';
import * as run from './operations/run.operation';

const operations = { create, preview, run };

export class FleetImport implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Fleet Import',
		name: 'fleetImport',
		icon: { light: 'file:../../icons/fleet-import.svg', dark: 'file:../../icons/fleet-import.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{ $parameter["operation"] }}',
		description:
			'Takes files of vehicles, customers, tasks and status messages into the fleet: CSV, JSON, NDJSON or Excel',
		defaults: { name: 'Fleet Import' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [storeCredential],
		properties: [
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				default: 'create',
				options: [create.option, preview.option, run.option],
			},
			...create.fields,
			...preview.fields,
			...run.fields,
		],
	};

	methods = { credentialTest: credentialTests, listSearch };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const operation = operations[this.getNodeParameter('operation', 0) as keyof typeof operations];
		return [await runPerItem(this, async (itemIndex) => await operation.execute(this, itemIndex))];
	}
}
