import { logLocator } from '../../../../src/n8n/descriptions/locators';
import { deleteOperation } from '../../../../src/n8n/read-operations';

export const deleteLog = deleteOperation(
	'log entry',
	'Delete an entry of the log',
	logLocator(),
	async ({ fleet, records }, ref) => await records.removeLog(fleet, ref),
);
