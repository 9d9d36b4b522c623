import { exportOperation } from '../../../../src/n8n/export-operation';

export const exportCustomers = exportOperation('customers', {
	records: 'customers',
	searched: ['name, email or external ID', 'e.g. logistics'],
	happened: 'was created',
	isImportable: true,
});
