import type { Operation } from '../../../../src/n8n/operation';
import { inWords, readRule } from '../../../../src/n8n/read-rule';
import { wholeRuleFields } from '../../../../src/n8n/descriptions/rule-fields';
import { savedRule } from './save-rule';

export const createRule: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create rule',
	description: 'Say what shall happen when vehicles report what',
	fields: wholeRuleFields,
	async execute(input) {
		const { fleet, records } = input;
		const saved = await inWords(await readRule(input), async (rule) => await records.createRule(fleet, rule));
		input.context.addExecutionHints({
			message:
				'The rule watches what comes in by a feed from now on. "Test" tells whether a vehicle meets it.',
			location: 'outputPane',
		});
		return savedRule(input, saved);
	},
};
