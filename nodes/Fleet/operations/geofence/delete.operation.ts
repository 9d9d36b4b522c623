import { geofenceLocator } from '../../../../src/n8n/descriptions/locators';
import { deleteOperation } from '../../../../src/n8n/read-operations';

export const deleteGeofence = deleteOperation(
	'geofence',
	'Delete a geofence; not while a rule needs it',
	geofenceLocator(),
	async ({ fleet, records }, ref) => await records.removeGeofence(fleet, ref),
);
