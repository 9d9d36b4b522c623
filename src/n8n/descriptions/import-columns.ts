import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { UNIT_NAMES } from '../../domain/units';
import { readingOptions } from './import-file-options';

const writeOptions: INodePropertyOptions[] = [
	{ name: "Becomes the File's", value: 'overwrite' },
	{ name: "Becomes the File's Where It Is Empty", value: 'fillEmpty' },
	{ name: 'Is Kept', value: 'keep' },
];

const columnSettings: INodeProperties[] = [
	{
		displayName: 'Value That Is There',
		name: 'write',
		type: 'options',
		default: 'overwrite',
		description: 'What becomes of the value that the record has already',
		options: writeOptions,
	},
	{
		displayName: 'Unit',
		name: 'unit',
		type: 'options',
		default: '',
		description:
			'What the file measures it in, where its header does not say it. Values are converted to km/h, km, °C, L, kPa, V, min or %.',
		options: [{ name: 'As It Is', value: '' }, ...UNIT_NAMES.map((name) => ({ name, value: name }))],
	},
	...readingOptions.map((option) => ({ ...option, default: '' })),
];

export const attributesField: INodeProperties = {
	displayName: 'Attributes',
	name: 'attributes',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Attribute',
	default: {},
	description: 'Columns that become attributes, by names of your own',
	options: [
		{
			displayName: 'Attribute',
			name: 'attribute',
			values: [
				{
					displayName: 'Column',
					name: 'column',
					type: 'string',
					default: '',
					placeholder: 'e.g. Tank (gal)',
				},
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. tankSize',
					description: 'What the fleet calls it; left empty, the name of the column',
				},
				{
					displayName: 'Of',
					name: 'record',
					type: 'options',
					default: 'vehicle',
					options: [
						{ name: 'Customer', value: 'customer' },
						{ name: 'Status', value: 'status' },
						{ name: 'Vehicle', value: 'vehicle' },
					],
				},
				{
					displayName: 'Type',
					name: 'type',
					type: 'options',
					default: '',
					options: [
						{ name: 'As Each Is Written', value: '' },
						{ name: 'Date', value: 'date' },
						{ name: 'Text', value: 'text', description: 'Also what looks like a number, e.g. 007' },
						{ name: 'Yes or No', value: 'boolean' },
					],
				},
				...columnSettings,
			],
		},
	],
};

export const fieldSettingsField: INodeProperties = {
	displayName: 'Column Settings',
	name: 'fieldSettings',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Column Settings',
	default: {},
	description: 'For single fields that are mapped above',
	options: [
		{
			displayName: 'Field',
			name: 'field',
			values: [
				{
					displayName: 'Field Name or ID',
					name: 'field',
					type: 'options',
					typeOptions: { loadOptionsMethod: 'getMappedFields' },
					default: '',
					description:
						'One that is mapped above. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
				},
				...columnSettings,
			],
		},
	],
};
