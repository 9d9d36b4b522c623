import { importLocator } from '../../../../src/n8n/descriptions/locators';
import { getManyOperation } from '../../../../src/n8n/read-operations';
import { recordRef } from '../../../../src/n8n/record-ref';

export const getKeptRecords = getManyOperation(
	{
		value: 'getKept',
		name: 'Get Records Left',
		action: 'Get records left by undoing import',
		description: 'List what an undoing left as it was, since something newer had changed it',
		before: [importLocator()],
		filters: [],
	},
	async ({ context, itemIndex, fleet, records }, { limit = Number.MAX_SAFE_INTEGER }) =>
		await records.listKeptRecords(fleet, recordRef(context, 'import', itemIndex), { limit, offset: 0 }),
);
