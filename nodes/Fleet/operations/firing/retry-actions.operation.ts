import { firingLocator } from '../../../../src/n8n/descriptions/locators';
import { recordListOperation } from '../../../../src/n8n/read-operations';

export const retryFiringActions = recordListOperation(
	{
		value: 'retryActions',
		name: 'Retry Actions',
		action: 'Retry actions of firing',
		description: 'Make actions that are pending or given up due now; a Fleet Action node performs them',
	},
	firingLocator(),
	async ({ fleet, records }, ref) => await records.retryFiringActions(fleet, ref),
);
