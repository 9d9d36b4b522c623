import { importLocator } from '../../../../src/n8n/descriptions/locators';
import { withProgress } from '../../../../src/n8n/imports/import-output';
import { getOperation } from '../../../../src/n8n/read-operations';

export const getImport = getOperation('import', importLocator(), async ({ fleet, records }, ref) =>
	withProgress(await records.getImport(fleet, ref)),
);
