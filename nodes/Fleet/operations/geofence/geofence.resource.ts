import type { Resource } from '../../../../src/n8n/operation';
import { createGeofence } from './create.operation';
import { deleteGeofence } from './delete.operation';
import { exportGeofences } from './export.operation';
import { getManyGeofences } from './get-many.operation';
import { getGeofence } from './get.operation';
import { importGeofences } from './import.operation';
import { locate } from './locate.operation';
import { updateGeofence } from './update.operation';
import { upsertGeofence } from './upsert.operation';

export const geofence: Resource = {
	value: 'geofence',
	name: 'Geofence',
	description: 'Places that rules watch vehicles enter, leave and stay in',
	defaultOperation: 'getAll',
	operations: [
		createGeofence,
		upsertGeofence,
		deleteGeofence,
		exportGeofences,
		getGeofence,
		getManyGeofences,
		importGeofences,
		locate,
		updateGeofence,
	],
};
