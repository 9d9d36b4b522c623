import { vehicleLocator } from '../../../../src/n8n/descriptions/locators';
import { recordOperation } from '../../../../src/n8n/read-operations';

export const getStatus = recordOperation(
	{
		value: 'get',
		name: 'Get Current',
		action: 'Get current status of vehicle',
		description: 'Retrieve what the vehicle reported last, every attribute at its newest value',
	},
	vehicleLocator(),
	async ({ fleet, records }, ref) => await records.getStatus(fleet, ref),
);
