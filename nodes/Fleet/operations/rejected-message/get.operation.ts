import { rejectedMessageLocator } from '../../../../src/n8n/descriptions/locators';
import { getOperation } from '../../../../src/n8n/read-operations';

export const getRejectedMessage = getOperation(
	'rejected message',
	rejectedMessageLocator(),
	async ({ fleet, records }, ref) => await records.getRejectedMessage(fleet, ref),
);
