import type { INodeProperties } from 'n8n-workflow';
import { atOnce } from './rule-operand';

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

export const timeZoneField = (description: string): INodeProperties => ({
	displayName: 'Time Zone',
	name: 'timeZone',
	type: 'string',
	default: '',
	placeholder: 'e.g. Europe/Berlin',
	description: `${description}; "vehicle" for the one in the vehicle's or its customer's attribute timeZone. Empty: UTC.`,
	...atOnce,
});

/** Local days and hours. */
export const scheduleFields: INodeProperties[] = [
	{
		displayName: 'Days',
		name: 'days',
		type: 'multiOptions',
		default: [],
		description: 'None chosen: every day',
		options: DAYS.map((name) => ({ name, value: name.slice(0, 3).toLowerCase() })),
		...atOnce,
	},
	{
		displayName: 'From',
		name: 'from',
		type: 'string',
		default: '',
		placeholder: 'e.g. 22:00',
		...atOnce,
	},
	{
		displayName: 'To',
		name: 'to',
		type: 'string',
		default: '',
		placeholder: 'e.g. 06:00',
		description: 'Before "From": over midnight, counted to the day on which it began',
		...atOnce,
	},
	timeZoneField('Of the days and hours'),
	{
		displayName: 'Only on Dates',
		name: 'onDates',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2026-12-24, 2026-12-31',
		description: 'Separated by commas',
	},
	{
		displayName: 'Not on Dates',
		name: 'notOnDates',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2026-12-25, 2026-12-26',
		description: 'Holidays, separated by commas',
	},
];
