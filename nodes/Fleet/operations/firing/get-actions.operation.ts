import { firingLocator } from '../../../../src/n8n/descriptions/locators';
import type { Operation } from '../../../../src/n8n/operation';
import { recordRef } from '../../../../src/n8n/record-ref';
import { toOutput } from '../../../../src/n8n/to-output';

export const getFiringActions: Operation = {
	value: 'getActions',
	name: 'Get Actions',
	action: 'Get actions of firing',
	description: 'List what the firing does and how far each action is: pending, done, or given up as dead',
	fields: [firingLocator()],
	async execute({ context, itemIndex, fleet, records }) {
		const ref = recordRef(context, 'firing', itemIndex);
		return (await records.listFiringActions(fleet, ref)).map(toOutput);
	},
};
