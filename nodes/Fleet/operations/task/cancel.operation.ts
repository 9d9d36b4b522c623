import { taskLocator } from '../../../../src/n8n/descriptions/locators';
import { recordOperation } from '../../../../src/n8n/read-operations';

export const cancelTask = recordOperation(
	{
		value: 'cancel',
		name: 'Cancel',
		action: 'Cancel task',
		description: 'Give an open task up; its rules stop watching for it',
	},
	taskLocator(),
	async ({ fleet, records }, ref) => await records.cancelTask(fleet, ref),
);
