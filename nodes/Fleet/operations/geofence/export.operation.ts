import { exportOperation } from '../../../../src/n8n/export-operation';

export const exportGeofences = exportOperation('geofences', {
	records: 'geofences',
	searched: ['name or tags', 'e.g. depot'],
	happened: 'was created',
});
