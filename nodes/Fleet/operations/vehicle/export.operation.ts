import { exportOperation } from '../../../../src/n8n/export-operation';

export const exportVehicles = exportOperation('vehicles', {
	records: 'vehicles',
	searched: ['name, VIN, plate or external ID', 'e.g. B FL'],
	happened: 'was created',
	isImportable: true,
});
