import { exportOperation } from '../../../../src/n8n/export-operation';

export const exportLogs = exportOperation('logs', {
	records: 'log entries',
	searched: ['message', 'e.g. fuel'],
	happened: 'was written',
});
