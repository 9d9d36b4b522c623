import type { Operation } from '../../../../src/n8n/operation';
import { toOutput } from '../../../../src/n8n/to-output';

export const getStoreMetrics: Operation = {
	value: 'getMetrics',
	name: 'Get Metrics',
	action: 'Get metrics of store',
	description:
		'How much there is: vehicles, history, open firings, actions that wait or were given up, rejected messages',
	fields: [],
	async execute({ fleet, records }) {
		return toOutput(await records.getStoreMetrics(fleet));
	},
};
