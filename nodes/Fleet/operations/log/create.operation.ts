import { firingLocator, vehicleLocator } from '../../../../src/n8n/descriptions/locators';
import type { Operation } from '../../../../src/n8n/operation';
import { additionalFields } from '../../../../src/n8n/record-fields';
import { parseRef } from '../../../../src/n8n/record-ref';
import { toOutput } from '../../../../src/n8n/to-output';
import { levelField } from './log-fields';

export const createLog: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create log entry',
	description: 'Write an entry into the log, dated now',
	fields: [
		{
			displayName: 'Message',
			name: 'message',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Tyres changed',
		},
		levelField,
		additionalFields([
			firingLocator({ required: false, description: 'The firing that the entry is about' }),
			vehicleLocator({ required: false, description: 'The vehicle that the entry is about' }),
		]),
	],
	async execute({ context, itemIndex, fleet, records }) {
		const { vehicle, firing } = context.getNodeParameter('additionalFields', itemIndex, {});
		const firingRef = parseRef('firing', firing);
		const entry = {
			message: context.getNodeParameter('message', itemIndex),
			level: context.getNodeParameter('level', itemIndex),
			...(firingRef && 'id' in firingRef ? { firingId: firingRef.id } : {}),
		};
		return toOutput(await records.createLog(fleet, entry, { vehicle: parseRef('vehicle', vehicle) }));
	},
};
