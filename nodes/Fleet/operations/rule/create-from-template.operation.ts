import type { Operation } from '../../../../src/n8n/operation';
import { savedRule } from './save-rule';

export const createRuleFromTemplate: Operation = {
	value: 'createFromTemplate',
	name: 'Create From Template',
	action: 'Create rule from template',
	description: 'Begin with a rule that many fleets use, and change it afterwards by "Update"',
	fields: [
		{
			displayName: 'Template Name or ID',
			name: 'template',
			type: 'options',
			required: true,
			default: '',
			description:
				'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
			typeOptions: { loadOptionsMethod: 'getRuleTemplates' },
		},
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			placeholder: 'e.g. Low fuel, north depot',
			description: "Without one, the rule gets the template's",
		},
		{
			displayName: 'Enabled',
			name: 'enabled',
			type: 'boolean',
			default: false,
			description:
				'Whether the rule watches from now on. Disabled, it can be read, changed and backtested first.',
		},
	],
	async execute(input) {
		const { context, itemIndex, fleet, records } = input;
		const template = context.getNodeParameter('template', itemIndex, '') as string;
		const name = (context.getNodeParameter('name', itemIndex, '') as string).trim();
		const enabled = context.getNodeParameter('enabled', itemIndex, false) as boolean;
		const overrides = { enabled, ...(name === '' ? {} : { name }) };
		return savedRule(input, await records.createRuleFromTemplate(fleet, template, overrides));
	},
};
