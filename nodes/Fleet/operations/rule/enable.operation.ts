import { ruleLocator } from '../../../../src/n8n/descriptions/locators';
import { recordOperation } from '../../../../src/n8n/read-operations';

export const enableRule = recordOperation(
	{
		value: 'enable',
		name: 'Enable',
		action: 'Enable rule',
		description: 'Let a rule watch again',
	},
	ruleLocator(),
	async ({ fleet, records }, ref) => await records.enableRule(fleet, ref),
);
