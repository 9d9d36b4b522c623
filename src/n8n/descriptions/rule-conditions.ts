import type { INodeProperties } from 'n8n-workflow';
import { conditionKinds } from './rule-condition-kinds';
import { lastingFields } from './rule-lasting';

const itemTitle =
	'={{ $collection.item.value.attribute?.value || $collection.item.value.geofence?.value || $collection.item.value.tag || "" }}';

const conditions = (overrides: Partial<INodeProperties>): INodeProperties => ({
	displayName: 'Conditions',
	name: 'conditions',
	type: 'fixedCollection',
	typeOptions: {
		multipleValues: true,
		multipleValueButtonText: 'Add Condition',
		sortable: true,
		hideOptionalFields: true,
		addOptionalFieldButtonText: 'Add Detail',
		fixedCollection: { itemTitle },
	},
	placeholder: 'Add Condition',
	default: {},
	options: conditionKinds,
	...overrides,
});

export const matchField = (overrides: Partial<INodeProperties>): INodeProperties => ({
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

/** A list that begins with one row to be filled in. */
const firstRow = { row: [{ attribute: { mode: 'list', value: '' }, operator: 'lt', value: '' }] };

/** Offers the groups that the node has now. */
export const groupChoice = (overrides: Partial<INodeProperties>): INodeProperties => ({
	displayName: 'Group',
	name: 'group',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getRuleGroups', loadOptionsDependsOn: ['snapshot'] },
	default: '',
	...overrides,
});

const groupValues: INodeProperties[] = [
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		placeholder: 'e.g. Standing',
		description: 'By which other groups and escalations refer to it; left empty: Group 1, Group 2 and so on',
		typeOptions: { showEvenWhenOptional: true },
	},
	matchField({
		description: 'How the conditions of this group, and the groups that are part of it, go together',
		typeOptions: { showEvenWhenOptional: true },
	}),
	conditions({
		typeOptions: { ...conditions({}).typeOptions, showEvenWhenOptional: true },
		default: firstRow,
	}),
	groupChoice({
		displayName: 'Part Of',
		name: 'partOf',
		typeOptions: { loadOptionsMethod: 'getParentGroups', loadOptionsDependsOn: ['snapshot'] },
		description: 'Groups nest to any depth. One that another field names counts there only.',
	}),
	...lastingFields,
	groupChoice({
		displayName: 'Then Group',
		name: 'then',
		description: 'The group that has to be met after this one',
	}),
	{
		displayName: 'Then Within (Seconds)',
		name: 'thenSeconds',
		type: 'number',
		typeOptions: { minValue: 0, showEvenWhenOptional: true },
		default: 600,
		displayOptions: { hide: { then: [''] } },
	},
	{
		displayName: 'Then It Is Missing',
		name: 'thenNot',
		type: 'boolean',
		typeOptions: { showEvenWhenOptional: true },
		default: false,
		description: 'Whether the rule is met when the other group is not met within the time',
		displayOptions: { hide: { then: [''] } },
	},
];

/** A rule's pattern by clicks: rows, and groups of rows with a match of their own. `RuleForm` names them. */
export const patternFields: INodeProperties[] = [
	matchField({ description: 'How the conditions and groups below go together' }),
	conditions({ default: firstRow }),
	{
		displayName: 'Condition Groups',
		name: 'groups',
		type: 'fixedCollection',
		typeOptions: {
			multipleValues: true,
			multipleValueButtonText: 'Add Group',
			sortable: true,
			hideOptionalFields: true,
			addOptionalFieldButtonText: 'Add Detail',
			fixedCollection: { itemTitle: '={{ $collection.item.value.name }}' },
		},
		placeholder: 'Add Group',
		default: {},
		description: 'A group counts as one condition beside those above, and has its own way to match',
		options: [{ displayName: 'Group', name: 'group', values: groupValues }],
	},
];

/** When a firing ends, for rules that are not to end as soon as their conditions do. */
export const clearField: INodeProperties = conditions({
	displayName: 'Clear When',
	name: 'clear',
	description: `The firing ends when this is met and the conditions are not; groups can be part of it, too`,
});

export const clearMatchField: INodeProperties = matchField({
	displayName: 'Clear When: Match',
	name: 'clearMatch',
});
