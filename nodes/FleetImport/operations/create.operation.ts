import type { IDataObject, IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Import } from '../../../src/domain/import';
import { filesOfFolder, filesOfItem } from '../../../src/n8n/input-files';
import { loadRuntime } from '../../../src/n8n/load-runtime';
import { recordTypeOf } from '../../../src/n8n/record-type';
import { refusalOf } from '../../../src/n8n/refused-files';
import { toOutput } from '../../../src/n8n/to-output';
import { fileFields } from './file-fields';

export const option: INodePropertyOptions = {
	name: 'Create',
	value: 'create',
	action: 'Create import',
	description: 'Keep the file and queue its import; answers at once with the ID of the import',
};

const show = { operation: ['create'] };

export const fields: INodeProperties[] = [
	...fileFields('create', 'anywhere'),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show },
		options: [
			{
				displayName: 'File Name',
				name: 'fileName',
				type: 'string',
				default: '',
				placeholder: 'e.g. vehicles.csv',
				description:
					'For a binary field that carries none; its ending tells the format where the content does not',
			},
			{
				displayName: 'Skip Known Files',
				name: 'skipKnown',
				type: 'boolean',
				default: false,
				description: 'Whether to leave out a file whose very content was imported before',
			},
			{
				displayName: 'Uploaded By',
				name: 'uploadedBy',
				type: 'string',
				default: '',
				placeholder: 'e.g. ada@example.com',
			},
		],
	},
];

interface CreateOptions {
	readonly fileName?: string;
	readonly skipKnown?: boolean;
	readonly uploadedBy?: string;
}

/** Takes every file that it can: a file that is refused stops none of the others, and is told in the end. */
export async function execute(context: IExecuteFunctions, itemIndex: number): Promise<IDataObject[]> {
	const options = context.getNodeParameter('options', itemIndex, {}) as CreateOptions;
	const recordType = recordTypeOf(context, itemIndex);
	const runtime = await loadRuntime();
	const deps = { fleet: await runtime.openFleet(context, itemIndex), blobs: runtime.openBlobs() };
	const files =
		context.getNodeParameter('source', itemIndex) === 'folder'
			? await filesOfFolder(context, context.getNodeParameter('folder', itemIndex) as string)
			: filesOfItem(context, itemIndex, options.fileName);
	const created: Import[] = [];
	const refusals: unknown[] = [];
	for (const { fileName, open } of files) {
		try {
			const { import: entry, known } = await runtime.createImport(deps, {
				fileName,
				content: await open(),
				recordType,
				uploadedBy: options.uploadedBy || null,
				skipKnown: options.skipKnown ?? false,
			});
			if (!known) created.push(entry);
		} catch (error) {
			refusals.push(error);
		}
	}
	if (refusals.length > 0) throw refusalOf(refusals, created);
	return created.map(toOutput);
}
