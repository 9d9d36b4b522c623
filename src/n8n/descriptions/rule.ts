import type { INodeProperties } from 'n8n-workflow';
import { customerLocator, vehicleLocator } from './locators';

export const ruleNameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. Low fuel',
};

export const severityField: INodeProperties = {
	displayName: 'Severity',
	name: 'severity',
	type: 'options',
	default: 'warning',
	options: [
		{ name: 'Info', value: 'info' },
		{ name: 'Warning', value: 'warning' },
		{ name: 'Critical', value: 'critical' },
	],
};

/** Which vehicles the rule watches: `watches`, and the locator of the one that it names. */
export const scopeFields: INodeProperties[] = [
	{
		displayName: 'Watches',
		name: 'watches',
		type: 'options',
		default: 'all',
		description: 'Which vehicles the rule is for',
		options: [
			{ name: 'All Vehicles', value: 'all' },
			{ name: 'Vehicles of a Customer', value: 'customer' },
			{ name: 'One Vehicle', value: 'vehicle' },
			{
				name: 'Vehicles of Open Tasks',
				value: 'tasks',
				description:
					'Those of the tasks that the rule is attached to, until the task is complete or canceled',
			},
		],
	},
	customerLocator({ displayOptions: { show: { watches: ['customer'] } } }),
	vehicleLocator({ displayOptions: { show: { watches: ['vehicle'] } } }),
];

export const cooldownField: INodeProperties = {
	displayName: 'Cooldown (Seconds)',
	name: 'cooldownSeconds',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	placeholder: 'e.g. 3600',
	description:
		'How long the rule stays quiet for a vehicle after it fired. A rule fires once when it becomes met, and again only after it was not.',
};

export const patternJsonOption: INodeProperties = {
	displayName: 'Pattern (JSON)',
	name: 'pattern',
	type: 'json',
	default: '{\n  "all": []\n}',
	description: 'Counts instead of Match, Conditions and Condition Groups, for rules that are kept as code',
};
