import { exportOperation } from '../../../../src/n8n/export-operation';

export const exportTasks = exportOperation('tasks', {
	records: 'tasks',
	searched: ['title', 'e.g. tyres'],
	happened: 'was created',
	isImportable: true,
});
