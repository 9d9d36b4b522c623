import type { Operation } from '../../../../src/n8n/operation';
import { inWords, readRule } from '../../../../src/n8n/read-rule';
import { wholeRuleFields } from '../../../../src/n8n/descriptions/rule-fields';
import { savedRule } from './save-rule';

export const upsertRule: Operation = {
	value: 'upsert',
	name: 'Create or Update',
	action: 'Create or update rule',
	description: 'Replace the rule with this name, or create a new one',
	fields: wholeRuleFields,
	async execute(input) {
		const { fleet, records } = input;
		const saved = await inWords(await readRule(input), async (rule) => await records.upsertRule(fleet, rule));
		return { ...savedRule(input, saved), created: saved.created };
	},
};
