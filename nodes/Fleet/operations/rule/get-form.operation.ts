import type { Operation } from '../../../../src/n8n/operation';
import { chosenRef } from '../../../../src/n8n/record-ref';
import { pageOf } from '../../../../src/n8n/rule-form-page';
import { ruleRefField, valuesField } from '../../../../src/n8n/descriptions/rule-form-page';

export const getRuleForm: Operation = {
	value: 'getForm',
	name: 'Get Form Page',
	action: 'Get form page of rule',
	description: 'The fields of a form page on which a person adds or changes a rule, filled in as it is now',
	fields: [
		ruleRefField,
		{
			displayName: 'Template',
			name: 'template',
			type: 'string',
			default: '',
			placeholder: 'e.g. Low fuel',
			description: 'Name or title of the template that a new rule begins with',
		},
		{ ...valuesField, description: 'What was entered before and could not be saved; empty at first' },
		{
			displayName: 'Problem',
			name: 'problem',
			type: 'string',
			default: '',
			description: 'Shown at the top of the page, e.g. why the rule could not be saved',
		},
	],
	async execute({ context, itemIndex, fleet, records }) {
		const name = context.getNodeParameter('ruleRef', itemIndex, '') as string | number;
		const rule = name === '' ? null : await records.getRule(fleet, chosenRef('rule', name));
		return await pageOf(
			{ fleet, records },
			{
				rule,
				template: context.getNodeParameter('template', itemIndex, '') as string,
				entered: context.getNodeParameter('values', itemIndex, '') as object | string,
				problem: context.getNodeParameter('problem', itemIndex, '') as string,
			},
		);
	},
};
