import { ruleLocator } from '../../../../src/n8n/descriptions/locators';
import { deleteOperation } from '../../../../src/n8n/read-operations';

export const deleteRule = deleteOperation(
	'rule',
	'Delete a rule and end its open firings; what it did before stays in the records',
	ruleLocator(),
	async ({ fleet, records }, ref) => await records.removeRule(fleet, ref),
);
