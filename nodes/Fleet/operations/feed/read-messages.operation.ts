import { messageFormatFields } from '../../../../src/n8n/descriptions/message-format';
import { messageFormat } from '../../../../src/n8n/message-format';
import type { Operation } from '../../../../src/n8n/operation';
import { toOutput } from '../../../../src/n8n/to-output';

export const readFeedMessages: Operation = {
	value: 'readMessages',
	name: 'Read Messages',
	action: 'Try message format of feed',
	description:
		'Show what a feed would take or reject of a payload, to try its message format. Nothing is stored. One item each.',
	fields: [
		...messageFormatFields(),
		{
			displayName: 'Payload',
			name: 'payload',
			type: 'string',
			typeOptions: { rows: 6 },
			required: true,
			default: '',
			placeholder: 'e.g. { "vehicle": "M-AB 123", "reportedAt": "2026-03-01T08:30:00Z", "fuelLevel": 12 }',
			description: 'What the sender sends, as text. Bytes as base64: and their base64.',
		},
	],
	async execute({ context, itemIndex, fleet, records }) {
		const format = messageFormat((name, fallback) => context.getNodeParameter(name, itemIndex, fallback));
		const payload: unknown = context.getNodeParameter('payload', itemIndex);
		const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
		return records.tryFormat(fleet, text, format).map((parsed) =>
			parsed.ok
				? toOutput({ taken: true, ...parsed.message })
				: toOutput({
						taken: false,
						field: parsed.field,
						reason: parsed.reason,
						hint: parsed.hint,
						payload: parsed.payload,
					}),
		);
	},
};
