import { firingLocator } from '../../../../src/n8n/descriptions/locators';
import type { Operation } from '../../../../src/n8n/operation';
import { recordRef } from '../../../../src/n8n/record-ref';
import { toOutput } from '../../../../src/n8n/to-output';

export const retryFiringActions: Operation = {
	value: 'retryActions',
	name: 'Retry Actions',
	action: 'Retry actions of firing',
	description: 'Make actions that are pending or given up due now; a Fleet Action node performs them',
	fields: [firingLocator()],
	async execute({ context, itemIndex, fleet, records }) {
		const ref = recordRef(context, 'firing', itemIndex);
		return (await records.retryFiringActions(fleet, ref)).map(toOutput);
	},
};
