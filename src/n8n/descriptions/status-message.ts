import type { INodeProperties } from 'n8n-workflow';

const showFor = (source: string) => ({ show: { source: [source] } });

/** One status message per item: the item itself, or fields. `statusMessage` reads them. */
export const statusMessageFields: INodeProperties[] = [
	{
		displayName: 'Message',
		name: 'source',
		type: 'options',
		noDataExpression: true,
		default: 'item',
		options: [
			{ name: 'Input Item', value: 'item', description: "The item's JSON is the message" },
			{ name: 'Fields Below', value: 'fields', description: 'The message is made of the fields below' },
		],
	},
	{
		displayName: 'Vehicle',
		name: 'vehicle',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 1M8GDM9AXKP042788',
		description: 'VIN, plate or external ID',
		displayOptions: showFor('fields'),
	},
	{
		displayName: 'Reported At',
		name: 'reportedAt',
		type: 'dateTime',
		required: true,
		default: '={{ $now }}',
		description: 'When the vehicle took the values',
		displayOptions: showFor('fields'),
	},
	{
		displayName: 'Attributes',
		name: 'attributes',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Attribute',
		default: {},
		displayOptions: showFor('fields'),
		options: [
			{
				displayName: 'Attribute',
				name: 'attribute',
				values: [
					{ displayName: 'Name', name: 'name', type: 'string', default: '', placeholder: 'e.g. fuelLevel' },
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						default: '',
						placeholder: 'e.g. 12.5',
						description: 'A number and true or false are taken as such, all else as text',
					},
				],
			},
		],
	},
	{
		displayName: 'Position and Order',
		name: 'more',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		displayOptions: showFor('fields'),
		options: [
			{
				displayName: 'Heading',
				name: 'heading',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 360 },
				default: 0,
				description: 'Degrees clockwise from north',
			},
			{
				displayName: 'Latitude',
				name: 'latitude',
				type: 'number',
				typeOptions: { numberPrecision: 6 },
				default: 0,
				description: 'Degrees, WGS 84',
			},
			{
				displayName: 'Longitude',
				name: 'longitude',
				type: 'number',
				typeOptions: { numberPrecision: 6 },
				default: 0,
				description: 'Degrees, WGS 84',
			},
			{
				displayName: 'Message ID',
				name: 'messageId',
				type: 'string',
				default: '',
				description: 'Identifies the message, so that a repetition has no effect; left out, its content does',
			},
			{
				displayName: 'Sequence',
				name: 'sequence',
				type: 'number',
				default: 0,
				description: 'Orders messages of the same time',
			},
		],
	},
];
