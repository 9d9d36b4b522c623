import { ruleLocator } from '../../../../src/n8n/descriptions/locators';
import { recordOperation } from '../../../../src/n8n/read-operations';

export const stopRuleTrial = recordOperation(
	{
		value: 'stopTrial',
		name: 'Stop Trial',
		action: 'Stop trial of rule',
		description: 'End the trial of a rule; the rule stays as it is',
	},
	ruleLocator(),
	async ({ fleet, records }, ref) => await records.stopTrial(fleet, ref),
);
