import { vehicleLocator } from '../../../../src/n8n/descriptions/locators';
import { recordOperation } from '../../../../src/n8n/read-operations';

export const detachVehicle = recordOperation(
	{
		value: 'detach',
		name: 'Detach From Customer',
		action: 'Detach vehicle from customer',
		description: 'Take a vehicle off the customer who has it',
	},
	vehicleLocator(),
	async ({ fleet, records }, ref) => await records.detachVehicle(fleet, ref),
);
