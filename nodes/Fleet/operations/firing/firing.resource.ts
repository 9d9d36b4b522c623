import type { Resource } from '../../../../src/n8n/operation';
import { acknowledgeFiring } from './acknowledge.operation';
import { getManyFirings } from './get-many.operation';
import { getFiring } from './get.operation';

export const firing: Resource = {
	value: 'firing',
	name: 'Firing',
	description: 'One episode in which a rule was met for one vehicle',
	defaultOperation: 'getAll',
	operations: [acknowledgeFiring, getFiring, getManyFirings],
};
