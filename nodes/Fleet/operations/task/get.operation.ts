import { taskLocator } from '../../../../src/n8n/descriptions/locators';
import { getOperation } from '../../../../src/n8n/read-operations';

export const getTask = getOperation(
	'task',
	taskLocator(),
	async ({ fleet, records }, ref) => await records.getTask(fleet, ref),
);
