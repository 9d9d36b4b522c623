import { geofenceLocator } from '../../../../src/n8n/descriptions/locators';
import { getOperation } from '../../../../src/n8n/read-operations';

export const getGeofence = getOperation(
	'geofence',
	geofenceLocator(),
	async ({ fleet, records }, ref) => await records.getGeofence(fleet, ref),
);
