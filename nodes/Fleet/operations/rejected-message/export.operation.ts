import { exportOperation } from '../../../../src/n8n/export-operation';

export const exportRejectedMessages = exportOperation('rejectedMessages', {
	records: 'rejected messages',
	searched: ['reason, the payload or the message ID', 'e.g. M-AB 123'],
	happened: 'was received',
});
