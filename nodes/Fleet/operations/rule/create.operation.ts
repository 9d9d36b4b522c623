import type { Operation } from '../../../../src/n8n/operation';
import { readRule } from '../../../../src/n8n/read-rule';
import { wholeRuleFields } from './rule-fields';
import { savedRule } from './save-rule';

export const createRule: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create rule',
	description: 'Say what shall happen when vehicles report what',
	fields: wholeRuleFields,
	async execute(input) {
		return savedRule(input, await input.records.createRule(input.fleet, await readRule(input)));
	},
};
