import type { Resource } from '../../../../src/n8n/operation';
import { acknowledgeFiring } from './acknowledge.operation';
import { exportFirings } from './export.operation';
import { getFiringActions } from './get-actions.operation';
import { getManyFirings } from './get-many.operation';
import { getFiring } from './get.operation';
import { retryFiringActions } from './retry-actions.operation';

export const firing: Resource = {
	value: 'firing',
	name: 'Firing',
	description: 'One episode in which a rule was met for one vehicle',
	defaultOperation: 'getAll',
	operations: [
		acknowledgeFiring,
		exportFirings,
		getFiring,
		getFiringActions,
		getManyFirings,
		retryFiringActions,
	],
};
