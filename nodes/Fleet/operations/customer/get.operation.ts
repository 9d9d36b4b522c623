import { customerLocator } from '../../../../src/n8n/descriptions/locators';
import { getOperation } from '../../../../src/n8n/read-operations';

export const getCustomer = getOperation(
	'customer',
	customerLocator(),
	async ({ fleet, records }, ref) => await records.getCustomer(fleet, ref),
);
