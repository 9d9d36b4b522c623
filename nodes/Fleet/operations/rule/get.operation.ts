import { ruleLocator } from '../../../../src/n8n/descriptions/locators';
import { getOperation } from '../../../../src/n8n/read-operations';

export const getRule = getOperation(
	'rule',
	ruleLocator(),
	async ({ fleet, records }, ref) => await records.getRule(fleet, ref),
);
