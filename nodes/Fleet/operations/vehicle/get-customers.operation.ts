import { vehicleLocator } from '../../../../src/n8n/descriptions/locators';
import { recordListOperation } from '../../../../src/n8n/read-operations';

export const getVehicleCustomers = recordListOperation(
	{
		value: 'getCustomers',
		name: 'Get Customer History',
		action: 'Get customer history of vehicle',
		description: 'List whose the vehicle was and is, oldest first',
	},
	vehicleLocator(),
	async ({ fleet, records }, ref) => await records.listAttachments(fleet, ref),
);
