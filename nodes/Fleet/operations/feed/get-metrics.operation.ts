import type { Operation } from '../../../../src/n8n/operation';
import { toOutput } from '../../../../src/n8n/to-output';

export const getFeedMetrics: Operation = {
	value: 'getMetrics',
	name: 'Get Metrics',
	action: 'Get metrics of feeds',
	description:
		'How every feed that is evaluated does, in n8n and in workers: up or down and since when, lag, rate, messages, losses. One item each.',
	fields: [],
	async execute({ fleet, records }) {
		return (await records.listFeedRuns(fleet)).map(toOutput);
	},
};
