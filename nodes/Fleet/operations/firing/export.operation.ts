import { exportOperation } from '../../../../src/n8n/export-operation';

export const exportFirings = exportOperation('firings', {
	records: 'firings',
	searched: ["rule's name", 'e.g. fuel'],
	happened: 'opened',
});
