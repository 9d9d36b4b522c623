import { firingLocator } from '../../../../src/n8n/descriptions/locators';
import { recordOperation } from '../../../../src/n8n/read-operations';

export const acknowledgeFiring = recordOperation(
	{
		value: 'acknowledge',
		name: 'Acknowledge',
		action: 'Acknowledge firing',
		description: 'Note that somebody has seen the firing; the first time counts',
	},
	firingLocator(),
	async ({ fleet, records }, ref) => await records.acknowledgeFiring(fleet, ref),
);
