import type { INodeProperties } from 'n8n-workflow';
import { cooldownField, patternJsonOption, ruleNameField, scopeFields, severityField } from './rule';
import { actionsField } from './rule-actions';
import { clearField, patternFields } from './rule-conditions';
import { escalationsField, policyOptions } from './rule-policy';

/** What the rule says, or what is wrong with it, as the fields stand. */
export const inWordsFields: INodeProperties[] = [
	{
		// Its value changes with every field, and so tells the editor when to ask anew.
		displayName: 'Snapshot',
		name: 'snapshot',
		type: 'hidden',
		default:
			'={{ JSON.stringify(["name", "severity", "watches", "match", "conditions", "groups", "clear", "escalations", "actions", "cooldownSeconds", "options", "fields"].map((name) => $parameter[name])) }}',
	},
	{
		displayName: 'In Words',
		name: 'inWords',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		typeOptions: {
			loadOptionsDependsOn: ['snapshot'],
			resourceMapper: {
				resourceMapperMethod: 'sayRule',
				mode: 'map',
				supportAutoMap: false,
				addAllFields: true,
				hideNoDataError: true,
				fieldWords: { singular: 'word', plural: 'words' },
			},
		},
	},
];

export const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [...policyOptions, patternJsonOption],
};

/** Every field of a rule, for operations that write a whole one. */
export const wholeRuleFields: INodeProperties[] = [
	...inWordsFields,
	ruleNameField,
	severityField,
	...scopeFields,
	...patternFields,
	clearField,
	escalationsField,
	actionsField,
	cooldownField,
	optionsField,
];

/** Those of them that say something, flat in the list in which "Update" shows a rule's present values. */
export const saidFields: INodeProperties[] = wholeRuleFields.filter(
	({ name }) => !inWordsFields.some((field) => field.name === name),
);
