import type { IDataObject, IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { filesOfItem } from '../../../src/n8n/input-files';
import { loadRuntime } from '../../../src/n8n/load-runtime';
import { recordTypeOf } from '../../../src/n8n/record-type';
import { toOutput } from '../../../src/n8n/to-output';
import { fileFields } from './file-fields';

export const option: INodePropertyOptions = {
	name: 'Preview',
	value: 'preview',
	action: 'Preview import',
	description: 'Show what the import of a file would do, without doing it',
};

export const fields: INodeProperties[] = [
	...fileFields('preview', 'item'),
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 1000 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { operation: ['preview'] } },
	},
];

export async function execute(context: IExecuteFunctions, itemIndex: number): Promise<IDataObject[]> {
	const recordType = recordTypeOf(context, itemIndex);
	const limit = context.getNodeParameter('limit', itemIndex, 50);
	const runtime = await loadRuntime();
	const fleet = await runtime.openFleet(context, itemIndex);
	const previews: IDataObject[] = [];
	for (const file of filesOfItem(context, itemIndex)) {
		const preview = await runtime.previewImport(
			{ fleet, readers: runtime.readRows },
			{ file, recordType, limit },
		);
		previews.push({ fileName: file.fileName, ...toOutput(preview) });
	}
	return previews;
}
