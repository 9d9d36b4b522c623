import { vehicleLocator } from '../../../../src/n8n/descriptions/locators';
import { deleteOperation } from '../../../../src/n8n/read-operations';

export const deleteVehicle = deleteOperation(
	'vehicle',
	'Delete a vehicle with its statuses and firings, and cancel the tasks that are open for it',
	vehicleLocator(),
	async ({ fleet, records }, ref) => await records.removeVehicle(fleet, ref),
);
