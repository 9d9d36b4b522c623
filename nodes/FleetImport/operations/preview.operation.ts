import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { binaryFieldsField } from '../../../src/n8n/descriptions/file-source';
import { importMappingFields } from '../../../src/n8n/descriptions/import-mapping';
import { importOptions, recordTypeOf } from '../../../src/n8n/imports/import-options';
import { previewFile } from '../../../src/n8n/imports/preview-file';
import { filesOfItem } from '../../../src/n8n/input-files';
import { toOutput } from '../../../src/n8n/to-output';
import type { ImportOperation } from './import-operation';

const show = { operation: ['preview'] };

const limitField: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 1000 },
	default: 50,
	description: 'Max number of results to return',
	displayOptions: { show },
};

export const preview: ImportOperation = {
	option: {
		name: 'Preview',
		value: 'preview',
		action: 'Preview import',
		description:
			'Show what the import of a file would create, update and refuse, and which rules would fire, without doing it',
	},
	fields: [{ ...binaryFieldsField, displayOptions: { show } }, ...importMappingFields(show), limitField],
	async execute(desk) {
		const { context, itemIndex } = desk;
		const get = (name: string, fallback: unknown) =>
			context.getNodeParameter(name, itemIndex, fallback) as unknown;
		const asked = { recordType: recordTypeOf(get), options: importOptions(get) };
		const limit = context.getNodeParameter('limit', itemIndex, 50);
		const previews: IDataObject[] = [];
		for (const file of filesOfItem(context, itemIndex)) {
			previews.push({ fileName: file.fileName, ...toOutput(await previewFile(desk, file, asked, limit)) });
		}
		return [previews];
	},
};
