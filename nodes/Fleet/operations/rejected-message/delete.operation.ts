import { rejectedMessageLocator } from '../../../../src/n8n/descriptions/locators';
import { deleteOperation } from '../../../../src/n8n/read-operations';

export const deleteRejectedMessage = deleteOperation(
	'rejected message',
	'Delete a rejected message for good, without taking it',
	rejectedMessageLocator(),
	async ({ fleet, records }, ref) => await records.removeRejectedMessage(fleet, ref),
);
