import { taskLocator } from '../../../../src/n8n/descriptions/locators';
import { recordOperation } from '../../../../src/n8n/read-operations';

export const completeTask = recordOperation(
	{
		value: 'complete',
		name: 'Complete',
		action: 'Complete task',
		description: 'Note that an open task is done; its rules stop watching for it',
	},
	taskLocator(),
	async ({ fleet, records }, ref) => await records.completeTask(fleet, ref),
);
