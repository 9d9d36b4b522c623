import type { Resource } from '../../../../src/n8n/operation';
import { exportStatuses, exportHistory } from './export.operation';
import { getStatusHistory } from './get-history.operation';
import { getStatus } from './get.operation';

export const status: Resource = {
	value: 'status',
	name: 'Status',
	description: 'What vehicles reported. New reports come in by a feed.',
	defaultOperation: 'get',
	operations: [exportStatuses, exportHistory, getStatus, getStatusHistory],
};
