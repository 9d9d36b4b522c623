import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import { listMode } from './locators';
import { lastingFields, lastingFieldsAtOnce, negateField } from './rule-lasting';
import { atOnce, attributeLocator, operandFields } from './rule-operand';
import { OPERATORS } from './rule-operators';
import { scheduleFields } from './rule-schedule';

const seconds = (
	displayName: string,
	name: string,
	overrides: Partial<INodeProperties>,
): INodeProperties => ({
	displayName,
	name,
	type: 'number',
	typeOptions: { minValue: 0, ...atOnce.typeOptions },
	default: 3600,
	...overrides,
});

const comparedAttribute: INodeProperties[] = [
	attributeLocator(),
	...operandFields([...OPERATORS], 'lt'),
	...lastingFieldsAtOnce,
	negateField,
	{
		displayName: 'Attribute Is Entered',
		name: 'entered',
		type: 'boolean',
		default: false,
		description:
			'Whether it is one that was entered for the vehicle or its customer, not one that is reported',
	},
];

const geofence: INodeProperties[] = [
	{
		displayName: 'Vehicle',
		name: 'where',
		type: 'options',
		default: 'inside',
		options: [
			{ name: 'Is Inside', value: 'inside' },
			{ name: 'Is Outside', value: 'outside' },
			{ name: 'Enters', value: 'enters' },
			{ name: 'Leaves', value: 'exits' },
			{ name: 'Stays Inside For', value: 'dwells' },
		],
		...atOnce,
	},
	{
		displayName: 'Of',
		name: 'by',
		type: 'options',
		default: 'geofence',
		options: [
			{ name: 'One Geofence', value: 'geofence' },
			{ name: 'Any Geofence with a Tag', value: 'tag' },
		],
		...atOnce,
	},
	{
		displayName: 'Geofence',
		name: 'geofence',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			listMode('searchGeofences', 'Select a geofence...'),
			{ displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. depot' },
		],
		displayOptions: { show: { by: ['geofence'] } },
		...atOnce,
	},
	{
		displayName: 'Tag',
		name: 'tag',
		type: 'string',
		default: '',
		placeholder: 'e.g. station',
		displayOptions: { show: { by: ['tag'] } },
		...atOnce,
	},
	seconds('Stays For (Seconds)', 'dwellSeconds', {
		default: 600,
		displayOptions: { show: { where: ['dwells'] } },
	}),
	...lastingFields,
	negateField,
];

const silence: INodeProperties[] = [
	seconds('For (Seconds)', 'silentSeconds', {
		default: 21600,
		description: 'How long nothing has come, e.g. 21600 for six hours. Needs no message: the clock decides.',
	}),
	attributeLocator({
		displayName: 'Of the Attribute',
		description: 'Left empty: no report at all; else none that carries this attribute',
		typeOptions: {},
	}),
	negateField,
];

const AGGREGATES = [
	{ name: 'Average', value: 'average' },
	{ name: 'Change', value: 'change', description: 'The newest value less the oldest' },
	{ name: 'Distance Travelled', value: 'distance', description: 'Kilometres along the reported positions' },
	{ name: 'Maximum', value: 'max' },
	{ name: 'Minimum', value: 'min' },
	{ name: 'Sum', value: 'sum' },
];

const window: INodeProperties[] = [
	{
		displayName: 'The',
		name: 'aggregate',
		type: 'options',
		default: 'average',
		options: AGGREGATES,
		...atOnce,
	},
	attributeLocator({ displayOptions: { hide: { aggregate: ['distance'] } } }),
	seconds('Over the Last (Seconds)', 'overSeconds', { description: 'e.g. 3600 for the last hour' }),
	...operandFields(
		OPERATORS.filter(({ value }) => ['lt', 'lte', 'gt', 'gte', 'between'].includes(value)),
		'gt',
	),
	...lastingFields,
	negateField,
];

/** What "Add Condition" offers, by the names under which `Conditions` keeps them. */
export const conditionKinds: INodePropertyCollection[] = [
	{ displayName: 'Condition', name: 'row', values: comparedAttribute },
	{ displayName: 'Geofence', name: 'geofence', values: geofence },
	{ displayName: 'No Report', name: 'silence', values: silence },
	{ displayName: 'Schedule', name: 'schedule', values: [...scheduleFields, negateField, ...lastingFields] },
	{ displayName: 'Time Window', name: 'window', values: window },
];
