import { firingLocator } from '../../../../src/n8n/descriptions/locators';
import { recordListOperation } from '../../../../src/n8n/read-operations';

export const getFiringActions = recordListOperation(
	{
		value: 'getActions',
		name: 'Get Actions',
		action: 'Get actions of firing',
		description: 'List what the firing does and how far each action is: pending, done, or given up as dead',
	},
	firingLocator(),
	async ({ fleet, records }, ref) => await records.listFiringActions(fleet, ref),
);
