import { ruleLocator } from '../../../../src/n8n/descriptions/locators';
import type { Operation } from '../../../../src/n8n/operation';
import { recordRef } from '../../../../src/n8n/record-ref';
import { savedRule } from './save-rule';

export const adoptRuleTrial: Operation = {
	value: 'adoptTrial',
	name: 'Adopt Trial',
	action: 'Adopt trial of rule',
	description: 'Make the form that is on trial the next version of a rule, and end the trial',
	fields: [ruleLocator()],
	async execute(input) {
		const { context, itemIndex, fleet, records } = input;
		return savedRule(input, await records.adoptTrial(fleet, recordRef(context, 'rule', itemIndex)));
	},
};
