import { logLocator } from '../../../../src/n8n/descriptions/locators';
import { getOperation } from '../../../../src/n8n/read-operations';

export const getLog = getOperation(
	'log entry',
	logLocator(),
	async ({ fleet, records }, ref) => await records.getLog(fleet, ref),
);
