import type { Resource } from '../../../../src/n8n/operation';
import { cleanUpStore } from './clean-up.operation';
import { getStoreMetrics } from './get-metrics.operation';

export const store: Resource = {
	value: 'store',
	name: 'Store',
	description: "What the fleet's data holds, and cleaning it up",
	defaultOperation: 'getMetrics',
	operations: [cleanUpStore, getStoreMetrics],
};
