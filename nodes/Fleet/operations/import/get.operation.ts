import { importLocator } from '../../../../src/n8n/descriptions/locators';
import { getOperation } from '../../../../src/n8n/read-operations';

export const getImport = getOperation(
	'import',
	importLocator(),
	async ({ fleet, records }, ref) => await records.getImport(fleet, ref),
);
