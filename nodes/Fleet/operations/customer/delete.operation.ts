import { customerLocator } from '../../../../src/n8n/descriptions/locators';
import { deleteOperation } from '../../../../src/n8n/read-operations';

export const deleteCustomer = deleteOperation(
	'customer',
	'Delete a customer, detach its vehicles and cancel the tasks that are open for it',
	customerLocator(),
	async ({ fleet, records }, ref) => await records.removeCustomer(fleet, ref),
);
