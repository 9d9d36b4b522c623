import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { ComparisonOperator } from '../../domain/rules/pattern';
import { listMode } from './locators';

const OPERATORS: (INodePropertyOptions & { value: ComparisonOperator })[] = [
	{ name: 'Is Equal To', value: 'eq' },
	{ name: 'Is Not Equal To', value: 'ne' },
	{ name: 'Is Less Than', value: 'lt' },
	{ name: 'Is at Most', value: 'lte' },
	{ name: 'Is Greater Than', value: 'gt' },
	{ name: 'Is at Least', value: 'gte' },
	{ name: 'Is Between', value: 'between' },
	{ name: 'Is One Of', value: 'in' },
	{ name: 'Contains Text', value: 'contains' },
	{ name: 'Has Been Reported', value: 'exists' },
	{ name: 'Has Never Been Reported', value: 'missing' },
];

const showFor = (...operator: ComparisonOperator[]) => ({ show: { operator } });

const conditionValues: INodeProperties[] = [
	{
		displayName: 'Attribute',
		name: 'attribute',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description: 'What the vehicles report. The list shows every attribute seen so far with a value of it.',
		modes: [
			listMode('searchAttributes', 'Select an attribute...'),
			{ displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. fuelLevel' },
		],
	},
	{
		displayName: 'Comparison',
		name: 'operator',
		type: 'options',
		default: 'lt',
		options: OPERATORS,
	},
	{
		displayName: 'Value',
		name: 'value',
		type: 'string',
		default: '',
		placeholder: 'e.g. 15',
		description: 'Numbers, true and false are taken as such, all else as text; "15" in quotes is text',
		displayOptions: showFor('eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'contains'),
	},
	{
		displayName: 'From',
		name: 'low',
		type: 'string',
		default: '',
		placeholder: 'e.g. 15',
		description: 'The lowest number that still counts',
		displayOptions: showFor('between'),
	},
	{
		displayName: 'To',
		name: 'high',
		type: 'string',
		default: '',
		placeholder: 'e.g. 30',
		description: 'The highest number that still counts',
		displayOptions: showFor('between'),
	},
	{
		displayName: 'Values',
		name: 'values',
		type: 'string',
		default: '',
		placeholder: 'e.g. idle, off',
		description: 'Separated by commas',
		displayOptions: showFor('in'),
	},
];

/** The collection of rows; `row` holds them, and begins with one to be filled in. */
const conditions: INodeProperties = {
	displayName: 'Conditions',
	name: 'conditions',
	type: 'fixedCollection',
	typeOptions: {
		multipleValues: true,
		multipleValueButtonText: 'Add Condition',
		sortable: true,
		fixedCollection: { itemTitle: '={{ $collection.item.value.attribute.value }}' },
	},
	placeholder: 'Add Condition',
	default: { row: [{ attribute: { mode: 'list', value: '' }, operator: 'lt', value: '' }] },
	options: [{ displayName: 'Condition', name: 'row', values: conditionValues }],
};

const match = (overrides: Partial<INodeProperties>): INodeProperties => ({
	displayName: 'Match',
	name: 'match',
	type: 'options',
	default: 'all',
	options: [
		{ name: 'All Conditions', value: 'all', description: 'Every one of them must be met' },
		{ name: 'Any Condition', value: 'any', description: 'At least one of them must be met' },
		{ name: 'None of the Conditions', value: 'none', description: 'Not one of them may be met' },
	],
	...overrides,
});

/** A rule's pattern by clicks: rows, and groups of rows with a match of their own. `patternFields` names them. */
export const patternFields: INodeProperties[] = [
	match({ description: 'How the conditions and groups below go together' }),
	conditions,
	{
		displayName: 'Condition Groups',
		name: 'groups',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Group', sortable: true },
		placeholder: 'Add Group',
		default: {},
		description: 'A group counts as one condition beside those above, and has its own way to match',
		options: [
			{
				displayName: 'Group',
				name: 'group',
				values: [match({ description: 'How the conditions of this group go together' }), conditions],
			},
		],
	},
];
