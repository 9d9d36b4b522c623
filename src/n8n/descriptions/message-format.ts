import type { INodeProperties } from 'n8n-workflow';
import { UNIT_NAMES } from '../../domain/units';

const PATH_HINT =
	'Names joined by dots, list elements by their number from 0. Several paths, separated by commas: the first that leads to a value counts.';

const path = (
	displayName: string,
	name: string,
	placeholder: string,
	description: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder,
	description: `${description} ${PATH_HINT}`,
});

const formatField: INodeProperties = {
	displayName: 'Message Format',
	name: 'format',
	type: 'options',
	noDataExpression: true,
	default: 'fleet',
	description:
		'The shape of the messages. Of every format: one message or a list in one payload, one a line, and compressed by gzip.',
	options: [
		{
			name: 'Custom',
			value: 'custom',
			description: 'Any JSON: say below where vehicle, time and values lie, and what they are measured in',
		},
		{
			name: 'Fleet',
			value: 'fleet',
			description:
				"This package's own: { vehicle, reportedAt, attributes, position }; fields that are none of these become attributes",
		},
		{
			name: 'GTFS-Realtime',
			value: 'gtfsRealtime',
			description: 'Vehicle positions of a FeedMessage, as protobuf or JSON',
		},
		{
			name: 'OBD-II',
			value: 'obd2',
			description:
				'The Fleet format with responses to mode 01 as fields of two hexadecimal digits: { vehicle, time, "0C": "1AF8" }',
		},
		{ name: 'rFMS', value: 'rfms', description: "Vehicle statuses of the truck makers' interface" },
		{ name: 'Samsara', value: 'samsara', description: 'Vehicle stats as the Samsara API answers them' },
		{ name: 'Smartcar', value: 'smartcar', description: 'Events that Smartcar sends to a webhook' },
		{ name: 'Traccar', value: 'traccar', description: 'Positions with devices as Traccar forwards them' },
	],
};

const customFields: INodeProperties[] = [
	path(
		'Vehicle',
		'vehiclePath',
		'e.g. device.id',
		'Where the VIN, plate or external ID of the vehicle lies. Leave it empty where the topic names the vehicle (option Vehicle in Topic).',
	),
	{
		...path('Time', 'timePath', 'e.g. data.timestamp', 'Where the time of the report lies.'),
		required: true,
	},
	{
		displayName: 'Form of the Time',
		name: 'timeForm',
		type: 'options',
		noDataExpression: true,
		default: 'auto',
		options: [
			{ name: 'Automatic', value: 'auto', description: 'ISO 8601, or seconds or milliseconds by their size' },
			{ name: 'ISO 8601', value: 'iso', description: 'E.g. 2026-03-01T08:30:00Z' },
			{ name: 'Milliseconds Since 1970', value: 'epochMilliseconds' },
			{ name: 'Seconds Since 1970', value: 'epochSeconds' },
		],
	},
	path('Latitude', 'latitudePath', 'e.g. data.position.lat', 'Degrees, WGS 84.'),
	path('Longitude', 'longitudePath', 'e.g. data.position.lon', 'Degrees, WGS 84.'),
	{
		displayName: 'Attributes',
		name: 'attributePaths',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Attribute',
		default: {},
		options: [
			{
				displayName: 'Attribute',
				name: 'attribute',
				values: [
					path('Path', 'path', 'e.g. data.can.speed', 'Where the value lies.'),
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						default: '',
						placeholder: 'e.g. speed',
						description: 'What rules call it; left empty, the last name of the path',
					},
					{
						displayName: 'Unit',
						name: 'unit',
						type: 'options',
						default: '',
						description:
							'What the sender measures it in. Values are converted to km/h, km, °C, L, kPa, V, min or %.',
						options: [{ name: 'As It Is', value: '' }, ...UNIT_NAMES.map((name) => ({ name, value: name }))],
					},
				],
			},
		],
	},
	{
		displayName: 'More Fields',
		name: 'morePaths',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		options: [
			{
				displayName: 'All Other Fields',
				name: 'others',
				type: 'boolean',
				default: true,
				description:
					'Whether all other fields become attributes, too: engine.rpm as engineRpm. Lists are left out.',
			},
			path('Heading', 'heading', 'e.g. data.position.course', 'Degrees clockwise from north.'),
			path(
				'List of Messages',
				'items',
				'e.g. data.messages',
				'Where the list of messages lies in the payload. The other paths begin at one message, or with $. at the payload: $.device.ID.',
			),
			path('Message ID', 'messageId', 'e.g. header.uuid', 'Where the ID of the message lies.'),
			path('Sequence', 'sequence', 'e.g. counter', 'A number that orders messages of the same time.'),
		],
	},
];

/** The parameter `format` and, for a custom one, where everything lies. `messageFormat` reads them. */
export function messageFormatFields(show: Record<string, string[]> = {}): INodeProperties[] {
	const whenShown = Object.keys(show).length === 0 ? {} : { displayOptions: { show } };
	return [
		{ ...formatField, ...whenShown },
		...customFields.map((field) => ({ ...field, displayOptions: { show: { ...show, format: ['custom'] } } })),
	];
}

/** Entries of the collection `options`. `messageFormat` reads them. */
export function messageIdOptions(show: Record<string, string[]>): INodeProperties[] {
	const displayOptions = { show };
	return [
		{
			displayName: 'Message ID',
			name: 'messageId',
			type: 'options',
			default: 'message',
			description: 'What tells that a message was sent before, and is to have no effect again',
			options: [
				{
					name: 'A Field',
					value: 'field',
					description: 'The value at the path in Message ID Field, else the content',
				},
				{ name: 'Its Content', value: 'content', description: 'Equal messages count once' },
				{
					name: "The Message's Own ID",
					value: 'message',
					description: 'What the format says, else the content',
				},
				{
					name: "The Transport's ID",
					value: 'transport',
					description: 'Each delivery counts, even one that has the same content as another',
				},
			],
			displayOptions,
		},
		{
			displayName: 'Message ID Field',
			name: 'messageIdField',
			type: 'string',
			default: '',
			placeholder: 'e.g. header.uuid',
			description: 'Where the ID lies in each message, when Message ID is A Field',
			displayOptions,
		},
		{
			displayName: 'Vehicle in Topic',
			name: 'vehicleTopicLevel',
			type: 'number',
			typeOptions: { minValue: -100, maxValue: 100 },
			default: 2,
			description:
				'The part of the topic that is the vehicle, counted from 1, or from the end as -1: 2 is TRUCK-7 in fleet/TRUCK-7/status. For messages over MQTT.',
			displayOptions,
		},
	];
}
