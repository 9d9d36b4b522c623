import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeOutputConfiguration,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { credentialTests } from '../../src/n8n/credential-tests';
import { s3Credential, storeCredential } from '../../src/n8n/descriptions/credential-entries';
import { importLoadOptions, importResourceMapping } from '../../src/n8n/imports/sample-columns';
import { listSearch } from '../../src/n8n/list-search';
import { loadRuntime } from '../../src/n8n/load-runtime';
import { runPerItemOnOutputs } from '../../src/n8n/run-per-item';
import { cancel, resume, undo } from './operations/change.operations';
import { create } from './operations/create.operation';
import { getErrorFile } from './operations/get-error-file.operation';
import type { ImportOperation } from './operations/import-operation';
import { answerPage, getPage } from './operations/page.operations';
import { preview } from './operations/preview.operation';
import { run } from './operations/run.operation';

const OPERATIONS: readonly ImportOperation[] = [
	answerPage,
	cancel,
	create,
	getErrorFile,
	getPage,
	preview,
	resume,
	run,
	undo,
];

const byName = new Map(OPERATIONS.map((operation) => [operation.option.value, operation]));

const outputsOf = (names: readonly string[]): INodeOutputConfiguration[] =>
	names.map((displayName) => ({ type: NodeConnectionTypes.Main, displayName }));

/** By operation, of those with several. */
const OUTPUTS = Object.fromEntries(
	OPERATIONS.flatMap(({ option, outputs }) => (outputs ? [[option.value, outputsOf(outputs)]] : [])),
);

export class FleetImport implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Fleet Import',
		name: 'fleetImport',
		icon: { light: 'file:../../icons/fleet-import.svg', dark: 'file:../../icons/fleet-import.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{ $parameter["operation"] }}',
		description:
			'Takes files of vehicles, customers, tasks and status messages into the fleet: CSV, JSON, Excel and others, previewed, in the background, and back again',
		defaults: { name: 'Fleet Import' },
		inputs: [NodeConnectionTypes.Main],
		outputs: `={{ (${JSON.stringify(OUTPUTS)})[$parameter["operation"]] || ["main"] }}`,
		usableAsTool: true,
		credentials: [storeCredential, { ...s3Credential, name: 'fleetS3Api', testedBy: 'testFleetS3' }],
		properties: [
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				default: 'create',
				options: OPERATIONS.map(({ option }) => option),
			},
			...OPERATIONS.flatMap(({ fields }) => fields),
		],
	};

	methods = {
		credentialTest: credentialTests,
		listSearch,
		loadOptions: importLoadOptions,
		resourceMapping: importResourceMapping,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const operation = byName.get(this.getNodeParameter('operation', 0)) ?? create;
		const runtime = await loadRuntime();
		return await runPerItemOnOutputs(this, operation.outputs?.length ?? 1, async (itemIndex) => {
			const fleet = await runtime.openFleet(this, itemIndex);
			return await operation.execute({ context: this, itemIndex, runtime, fleet });
		});
	}
}
