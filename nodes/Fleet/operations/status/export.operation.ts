import { exportOperation } from '../../../../src/n8n/export-operation';

export const exportStatuses = exportOperation('statuses', {
	records: 'current statuses',
	searched: ["vehicle's name, VIN, plate or external ID", 'e.g. B FL'],
	happened: 'was reported',
	isImportable: true,
});

export const exportHistory = exportOperation(
	'statusHistory',
	{
		records: 'all that vehicles have reported',
		searched: ["vehicle's name, VIN, plate or external ID", 'e.g. B FL'],
		happened: 'was reported',
		isImportable: true,
	},
	'exportHistory',
);
