import { importLocator } from '../../../../src/n8n/descriptions/locators';
import { getManyOperation } from '../../../../src/n8n/read-operations';
import { recordRef } from '../../../../src/n8n/record-ref';

export const getImportErrors = getManyOperation(
	{
		value: 'getErrors',
		name: 'Get Row Errors',
		action: 'Get row errors of import',
		description: 'List the rows that were refused, in the order of the file, each with its reason',
		before: [importLocator()],
		filters: [],
	},
	async ({ context, itemIndex, fleet, records }, { limit = Number.MAX_SAFE_INTEGER }) =>
		await records.listImportErrors(fleet, recordRef(context, 'import', itemIndex), { limit, offset: 0 }),
);
