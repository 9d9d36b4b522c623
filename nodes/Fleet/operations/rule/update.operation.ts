import { ruleLocator } from '../../../../src/n8n/descriptions/locators';
import { inWordsFields, saidFields } from '../../../../src/n8n/descriptions/rule-fields';
import type { Operation, OperationInput } from '../../../../src/n8n/operation';
import { inWords, readRuleChanges, RULE_PARTS, type RulePart } from '../../../../src/n8n/read-rule';
import { recordRef } from '../../../../src/n8n/record-ref';
import { presentFields, readPresentFields } from './present-fields';
import { savedRule } from './save-rule';

const PART_NAMES: Readonly<Record<RulePart, string>> = {
	actions: 'Actions',
	clear: 'Clear When',
	conditions: 'Conditions',
	cooldown: 'Cooldown',
	escalations: 'Escalations',
	name: 'Name',
	options: 'Options',
	severity: 'Severity',
	scope: 'Watches',
};

const partOf = (name: string) =>
	(Object.keys(RULE_PARTS) as RulePart[]).find((part) =>
		(RULE_PARTS[part] as readonly string[]).includes(name),
	);

export const updateRule: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update rule',
	description: 'Change parts of a rule',
	fields: [
		ruleLocator(),
		{
			displayName: 'Change',
			name: 'change',
			type: 'options',
			noDataExpression: true,
			default: 'fields',
			options: [
				{ name: 'Its Present Fields', value: 'fields', description: 'Shows what the rule says now' },
				{ name: 'Whole Parts, Anew', value: 'parts', description: 'Replaces e.g. all conditions' },
			],
		},
		...[...inWordsFields, presentFields].map((field) => ({
			...field,
			displayOptions: { show: { change: ['fields'] } },
		})),
		{
			displayName: 'Parts to Change',
			name: 'parts',
			type: 'multiOptions',
			noDataExpression: true,
			default: ['conditions'],
			description:
				'Each is replaced as a whole by the fields below, of the options those that are added; all else stays as it is',
			options: Object.entries(PART_NAMES).map(([value, name]) => ({ name, value })),
			displayOptions: { show: { change: ['parts'] } },
		},
		...saidFields.map((field) => ({
			...field,
			displayOptions: {
				show: { change: ['parts'], parts: [partOf(field.name) ?? ''], ...field.displayOptions?.show },
			},
		})),
	],
	async execute(input) {
		const { context, itemIndex, fleet, records } = input;
		const ref = recordRef(context, 'rule', itemIndex);
		const changes = await readChanges(input);
		return savedRule(
			input,
			await inWords(changes, async (rule) => await records.updateRule(fleet, ref, rule)),
		);
	},
};

async function readChanges(input: OperationInput): Promise<Record<string, unknown>> {
	const { context, itemIndex, fleet, records } = input;
	if (context.getNodeParameter('change', itemIndex) !== 'parts') return await readPresentFields(input);
	const rule = await records.getRule(fleet, recordRef(context, 'rule', itemIndex));
	return await readRuleChanges(input, rule, context.getNodeParameter('parts', itemIndex) as RulePart[]);
}
