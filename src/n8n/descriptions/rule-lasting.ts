import type { INodeProperties } from 'n8n-workflow';
import { atOnce } from './rule-operand';

const seconds = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description,
});

const forSeconds = seconds(
	'For (Seconds)',
	'forSeconds',
	'How long it has to be so without a break, e.g. 600 for ten minutes; 0: at once',
);

/** How often something has to be so. `forSeconds` comes before. */
const often: INodeProperties[] = [
	{
		...seconds('Times', 'times', 'How often it has to become so within a time; 0: once is enough'),
		displayName: 'At Least (Times)',
	},
	{
		...seconds('Within (Seconds)', 'withinSeconds', 'The time within which the times count, up to now'),
		displayOptions: { hide: { times: [0, ''] } },
		...atOnce,
	},
	{
		displayName: 'Count Every Report',
		name: 'countReports',
		type: 'boolean',
		default: false,
		description: 'Whether each report at which it is so counts, and not only each time that it becomes so',
		displayOptions: { hide: { times: [0, ''] } },
	},
];

export const lastingFields: INodeProperties[] = [forSeconds, ...often];

/** The same where a duration is what rows usually have. */
export const lastingFieldsAtOnce: INodeProperties[] = [
	{ ...forSeconds, typeOptions: { ...forSeconds.typeOptions, ...atOnce.typeOptions } },
	...often,
];

export const negateField: INodeProperties = {
	displayName: 'Is Not So',
	name: 'negate',
	type: 'boolean',
	default: false,
	description: 'Whether to turn the condition into its opposite',
};
