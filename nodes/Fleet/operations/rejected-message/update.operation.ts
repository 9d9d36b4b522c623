import { rejectedMessageLocator } from '../../../../src/n8n/descriptions/locators';
import type { Operation } from '../../../../src/n8n/operation';
import { updateFields } from '../../../../src/n8n/record-fields';
import { recordRef } from '../../../../src/n8n/record-ref';
import { toOutput } from '../../../../src/n8n/to-output';

export const updateRejectedMessage: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update rejected message',
	description: 'Correct the payload; nothing is taken before the message is replayed',
	fields: [
		rejectedMessageLocator(),
		updateFields([
			{
				displayName: 'Is Status Message',
				name: 'isPlain',
				type: 'boolean',
				default: true,
				description:
					"Whether the payload is a status message in the fleet's own shape now, and no longer in the format of its feed",
			},
			{
				displayName: 'Payload',
				name: 'payload',
				type: 'string',
				typeOptions: { rows: 6 },
				default: '',
				placeholder:
					'e.g. {"vehicle": "M-AB 123", "reportedAt": "2026-03-01T08:00:00Z", "attributes": {"fuelLevel": 12}}',
				description: 'The whole message as it is to be read; bytes are "base64:" and their base64',
			},
		]),
	],
	async execute({ context, itemIndex, fleet, records }) {
		const { payload, isPlain } = context.getNodeParameter('updateFields', itemIndex, {});
		const changes = { payload, isPlain: isPlain === true };
		const ref = recordRef(context, 'message', itemIndex);
		return toOutput(await records.updateRejectedMessage(fleet, ref, changes));
	},
};
