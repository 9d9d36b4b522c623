import { exportOperation } from '../../../../src/n8n/export-operation';

export const exportImports = exportOperation('imports', {
	records: 'imports',
	searched: ['file name', 'e.g. vehicles.csv'],
	happened: 'was created',
});
