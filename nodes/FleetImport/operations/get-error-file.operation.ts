import { importLocator } from '../../../src/n8n/descriptions/locators';
import { recordRef } from '../../../src/n8n/record-ref';
import { ItemWithFiles } from '../../../src/n8n/run-per-item';
import type { ImportOperation } from './import-operation';

const show = { operation: ['getErrorFile'] };

export const getErrorFile: ImportOperation = {
	option: {
		name: 'Get Error File',
		value: 'getErrorFile',
		action: 'Get error file of import',
		description:
			"The bad rows in the file's own format, each with its reason, to be mended and imported again",
	},
	fields: [
		importLocator({ displayOptions: { show } }),
		{
			displayName: 'Put Output File in Field',
			name: 'binaryField',
			type: 'string',
			required: true,
			default: 'data',
			description: 'The name of the binary field that gets the file',
			displayOptions: { show },
		},
	],
	async execute({ context, itemIndex, fleet, runtime }) {
		const ref = recordRef(context, 'import', itemIndex);
		const { id, blobKey, rowsFailed } = await runtime.records.getImport(fleet, ref);
		const blobs = await runtime.openBlobsWith(context, blobKey, itemIndex);
		const { readRows, writeRefused } = runtime;
		const { fileName, content } = await runtime.writeErrorFile({ fleet, blobs, readRows, writeRefused }, id);
		const binary = await context.helpers.prepareBinaryData(content, fileName);
		const field = context.getNodeParameter('binaryField', itemIndex, 'data') as string;
		return [new ItemWithFiles({ id, fileName, rowsFailed }, { [field]: binary })];
	},
};
