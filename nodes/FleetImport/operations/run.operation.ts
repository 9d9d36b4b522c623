import type { IDataObject, IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { importLocator } from '../../../src/n8n/descriptions/locators';
import { loadRuntime } from '../../../src/n8n/load-runtime';
import { recordRef } from '../../../src/n8n/record-ref';
import { toOutput } from '../../../src/n8n/to-output';

export const option: INodePropertyOptions = {
	name: 'Run',
	value: 'run',
	action: 'Run imports',
	description: 'Take queued files into the fleet; one that was interrupted goes on where it stopped',
};

const show = { operation: ['run'] };

export const fields: INodeProperties[] = [
	{
		displayName: 'Imports',
		name: 'which',
		type: 'options',
		noDataExpression: true,
		default: 'waiting',
		options: [
			{ name: 'All That Wait', value: 'waiting', description: 'Queued or interrupted ones, oldest first' },
			{ name: 'One Import', value: 'one' },
		],
		displayOptions: { show },
	},
	importLocator({ displayOptions: { show: { ...show, which: ['one'] } } }),
];

export async function execute(context: IExecuteFunctions, itemIndex: number): Promise<IDataObject[]> {
	const runtime = await loadRuntime();
	const fleet = await runtime.openFleet(context, itemIndex);
	const runOne = async (id?: number) => await runtime.runQueuedImport(fleet, id);
	if (context.getNodeParameter('which', itemIndex) === 'one') {
		const ref = recordRef(context, 'import', itemIndex);
		const done = await runOne('id' in ref ? ref.id : undefined);
		return done ? [toOutput(done)] : [];
	}
	const finished: IDataObject[] = [];
	for (let done = await runOne(); done; done = await runOne()) finished.push(toOutput(done));
	return finished;
}
