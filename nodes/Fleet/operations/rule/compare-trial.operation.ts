import { ruleLocator } from '../../../../src/n8n/descriptions/locators';
import { recordOperation } from '../../../../src/n8n/read-operations';

export const compareRuleTrial = recordOperation(
	{
		value: 'compareTrial',
		name: 'Compare Trial',
		action: 'Compare trial of rule',
		description: 'Tell what a rule and its trial did since the trial began, and what only one of them did',
	},
	ruleLocator(),
	async ({ fleet, records }, ref) => await records.compareTrial(fleet, ref),
);
