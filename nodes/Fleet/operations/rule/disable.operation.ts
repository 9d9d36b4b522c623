import { ruleLocator } from '../../../../src/n8n/descriptions/locators';
import { recordOperation } from '../../../../src/n8n/read-operations';

export const disableRule = recordOperation(
	{
		value: 'disable',
		name: 'Disable',
		action: 'Disable rule',
		description: 'Stop a rule from watching and end its open firings',
	},
	ruleLocator(),
	async ({ fleet, records }, ref) => await records.disableRule(fleet, ref),
);
