import type { INodeProperties } from 'n8n-workflow';
import { ruleLocator } from '../../../../src/n8n/descriptions/locators';
import {
	cooldownField,
	ruleNameField,
	scopeFields,
	severityField,
} from '../../../../src/n8n/descriptions/rule';
import { actionsField } from '../../../../src/n8n/descriptions/rule-actions';
import { patternFields } from '../../../../src/n8n/descriptions/rule-conditions';
import type { Operation } from '../../../../src/n8n/operation';
import { readRuleChanges, type RulePart } from '../../../../src/n8n/read-rule';
import { recordRef } from '../../../../src/n8n/record-ref';
import { savedRule } from './save-rule';

const PARTS: { name: string; value: RulePart; fields: INodeProperties[] }[] = [
	{ name: 'Actions', value: 'actions', fields: [actionsField] },
	{ name: 'Conditions', value: 'conditions', fields: patternFields },
	{ name: 'Cooldown', value: 'cooldown', fields: [cooldownField] },
	{ name: 'Name', value: 'name', fields: [ruleNameField] },
	{ name: 'Severity', value: 'severity', fields: [severityField] },
	{ name: 'Watches', value: 'scope', fields: scopeFields },
];

export const updateRule: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update rule',
	description: 'Change parts of a rule',
	fields: [
		ruleLocator(),
		{
			displayName: 'Parts to Change',
			name: 'parts',
			type: 'multiOptions',
			noDataExpression: true,
			default: ['conditions'],
			description: 'Each is replaced as a whole by the fields below; the others stay as they are',
			options: PARTS.map(({ name, value }) => ({ name, value })),
		},
		...PARTS.flatMap(({ value, fields }) =>
			fields.map((field) => ({
				...field,
				displayOptions: { show: { parts: [value], ...field.displayOptions?.show } },
			})),
		),
	],
	async execute(input) {
		const { context, itemIndex, fleet, records } = input;
		const parts = context.getNodeParameter('parts', itemIndex) as RulePart[];
		const changes = await readRuleChanges(input, parts);
		return savedRule(input, await records.updateRule(fleet, recordRef(context, 'rule', itemIndex), changes));
	},
};
