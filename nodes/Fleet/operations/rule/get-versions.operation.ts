import { ruleLocator } from '../../../../src/n8n/descriptions/locators';
import { recordListOperation } from '../../../../src/n8n/read-operations';

export const getRuleVersions = recordListOperation(
	{
		value: 'getVersions',
		name: 'Get Versions',
		action: 'Get versions of rule',
		description: 'List what the rule was at each save, newest first',
	},
	ruleLocator(),
	async ({ fleet, records }, ref) => await records.listRuleVersions(fleet, ref),
);
