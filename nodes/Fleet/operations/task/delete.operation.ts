import { taskLocator } from '../../../../src/n8n/descriptions/locators';
import { deleteOperation } from '../../../../src/n8n/read-operations';

export const deleteTask = deleteOperation(
	'task',
	'Delete a task; its rules stop watching for it',
	taskLocator(),
	async ({ fleet, records }, ref) => await records.removeTask(fleet, ref),
);
