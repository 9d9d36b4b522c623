import { rejectedMessageLocator } from '../../../../src/n8n/descriptions/locators';
import { recordOperation } from '../../../../src/n8n/read-operations';

export const replayRejectedMessage = recordOperation(
	{
		value: 'replay',
		name: 'Replay',
		action: 'Replay rejected message',
		description:
			'Take the message as if it came now: it is stored, rules fire, and it leaves this list. Refused again, it stays, with the new reason.',
	},
	rejectedMessageLocator(),
	async ({ fleet, records }, ref) => await records.replayRejectedMessage(fleet, ref),
);
