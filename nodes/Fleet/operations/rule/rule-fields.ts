import type { INodeProperties } from 'n8n-workflow';
import { actionsField } from '../../../../src/n8n/descriptions/rule-actions';
import { patternFields } from '../../../../src/n8n/descriptions/rule-conditions';
import {
	cooldownField,
	patternJsonOption,
	ruleNameField,
	scopeFields,
	severityField,
} from '../../../../src/n8n/descriptions/rule';

/** Every field of a rule, for operations that write a whole one. */
export const wholeRuleFields: INodeProperties[] = [
	ruleNameField,
	severityField,
	...scopeFields,
	...patternFields,
	actionsField,
	cooldownField,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Enabled',
				name: 'enabled',
				type: 'boolean',
				default: true,
				description: 'Whether the rule watches from now on',
			},
			patternJsonOption,
		],
	},
];
