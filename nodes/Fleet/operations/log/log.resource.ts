import type { Resource } from '../../../../src/n8n/operation';
import { createLog } from './create.operation';
import { deleteLog } from './delete.operation';
import { exportLogs } from './export.operation';
import { getManyLogs } from './get-many.operation';
import { getLog } from './get.operation';

export const log: Resource = {
	value: 'log',
	name: 'Log',
	description: 'Entries that rules and people wrote',
	defaultOperation: 'getAll',
	operations: [createLog, deleteLog, exportLogs, getLog, getManyLogs],
};
