import type { INodeProperties } from 'n8n-workflow';
import { severityField } from './rule';
import { clearMatchField, groupChoice } from './rule-conditions';
import { scheduleFields, timeZoneField } from './rule-schedule';

const seconds = (
	displayName: string,
	name: string,
	fallback: number,
	description: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'number',
	typeOptions: { minValue: 0 },
	default: fallback,
	description,
});

/** A field of its own: the editor drops a list that is added to a collection empty, before its first entry. */
export const escalationsField: INodeProperties = {
	displayName: 'Escalations',
	name: 'escalations',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Escalation', sortable: true },
	placeholder: 'Add Escalation',
	default: {},
	description: 'While the firing is open it has the highest severity of those that hold',
	options: [
		{
			displayName: 'Escalation',
			name: 'step',
			values: [
				{ ...severityField, default: 'critical' },
				{
					displayName: 'When',
					name: 'by',
					type: 'options',
					default: 'time',
					options: [
						{ name: 'It Has Been Open For', value: 'time' },
						{ name: 'A Group Is Met', value: 'group' },
					],
				},
				{
					...seconds('After (Seconds)', 'afterSeconds', 3600, 'How long the firing has been open by then'),
					displayOptions: { show: { by: ['time'] } },
				},
				groupChoice({ displayOptions: { show: { by: ['group'] } } }),
			],
		},
	],
};

/** What a simple rule does without, for a collection. */
export const policyOptions: INodeProperties[] = [
	clearMatchField,
	seconds(
		'Clear After (Seconds)',
		'clearAfterSeconds',
		3600,
		'Ends the firing so long after it opened, whatever is met then',
	),
	{
		displayName: 'Enabled',
		name: 'enabled',
		type: 'boolean',
		default: true,
		description: 'Whether the rule watches from now on',
	},
	{
		displayName: 'Fires',
		name: 'on',
		type: 'options',
		default: 'edge',
		options: [
			{ name: 'Once When It Becomes Met', value: 'edge', description: 'And again only after it has cleared' },
			{ name: 'At Every Report That Meets It', value: 'every' },
		],
	},
	seconds(
		'Longest Gap (Seconds)',
		'maxGapSeconds',
		900,
		'A longer gap between two reports breaks a duration, so that a hole in the data raises no alarm',
	),
	{
		...seconds('Most per Day', 'maxPerDay', 3, 'How often the rule fires for one vehicle on one day at most'),
	},
	{
		displayName: 'Quiet Hours',
		name: 'quietHours',
		type: 'fixedCollection',
		typeOptions: { multipleValues: false },
		placeholder: 'Add Hours',
		default: { hours: {} },
		description: 'Emails that fall into them wait for their end',
		options: [{ displayName: 'Hours', name: 'hours', values: scheduleFields }],
	},
	seconds(
		'Remind Every (Seconds)',
		'remindEverySeconds',
		3600,
		'Repeats the emails and log entries while the firing is open and nobody has acknowledged it',
	),
	timeZoneField('Of the days that "Most per Day" counts'),
];
