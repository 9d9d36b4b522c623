import type { Resource } from '../../../../src/n8n/operation';
import { getFeedMetrics } from './get-metrics.operation';
import { readFeedMessages } from './read-messages.operation';

export const feed: Resource = {
	value: 'feed',
	name: 'Feed',
	description: 'How the feeds of status messages do. The Fleet Feed node publishes to one.',
	defaultOperation: 'getMetrics',
	operations: [getFeedMetrics, readFeedMessages],
};
