import { importLocator } from '../../../../src/n8n/descriptions/locators';
import { loadRuntime } from '../../../../src/n8n/load-runtime';
import { deleteOperation } from '../../../../src/n8n/read-operations';

export const deleteImport = deleteOperation(
	'import',
	'Delete an import with its uploaded file; the records that it brought stay',
	importLocator(),
	async ({ context, itemIndex, fleet, records }, ref) => {
		const { removeBlob } = await loadRuntime();
		return await records.removeImport(fleet, ref, async (key) => await removeBlob(context, key, itemIndex));
	},
);
