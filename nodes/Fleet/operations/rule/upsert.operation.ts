import type { Operation } from '../../../../src/n8n/operation';
import { readRule } from '../../../../src/n8n/read-rule';
import { wholeRuleFields } from './rule-fields';
import { savedRule } from './save-rule';

export const upsertRule: Operation = {
	value: 'upsert',
	name: 'Create or Update',
	action: 'Create or update rule',
	description: 'Replace the rule with this name, or create a new one',
	fields: wholeRuleFields,
	async execute(input) {
		const saved = await input.records.upsertRule(input.fleet, await readRule(input));
		return { ...savedRule(input, saved), created: saved.created };
	},
};
