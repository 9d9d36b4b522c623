import type { Resource } from '../../../../src/n8n/operation';
import { createCustomer } from './create.operation';
import { deleteCustomer } from './delete.operation';
import { exportCustomers } from './export.operation';
import { getManyCustomers } from './get-many.operation';
import { getCustomer } from './get.operation';
import { updateCustomer } from './update.operation';
import { upsertCustomer } from './upsert.operation';

export const customer: Resource = {
	value: 'customer',
	name: 'Customer',
	description: 'Whom vehicles belong to and tasks are done for',
	defaultOperation: 'getAll',
	operations: [
		createCustomer,
		upsertCustomer,
		deleteCustomer,
		exportCustomers,
		getCustomer,
		getManyCustomers,
		updateCustomer,
	],
};
