import { vehicleLocator } from '../../../../src/n8n/descriptions/locators';
import { getOperation } from '../../../../src/n8n/read-operations';

export const getVehicle = getOperation(
	'vehicle',
	vehicleLocator(),
	async ({ fleet, records }, ref) => await records.getVehicle(fleet, ref),
);
