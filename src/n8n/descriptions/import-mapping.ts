import type { INodeProperties } from 'n8n-workflow';
import { attributesField, fieldSettingsField } from './import-columns';
import { importFileOptions } from './import-file-options';
import { importLocator } from './locators';
import { messageFormatFields } from './message-format';

type Show = Readonly<Record<string, string[]>>;

const recordTypeField: INodeProperties = {
	displayName: 'Records',
	name: 'recordType',
	type: 'options',
	default: 'auto',
	description: 'What the rows of the file are',
	options: [
		{ name: 'Customers', value: 'customers' },
		{
			name: 'Detect',
			value: 'auto',
			description: 'From the columns, or from the names of the lists in a JSON file',
		},
		{ name: 'Status Messages', value: 'statuses' },
		{ name: 'Tasks', value: 'tasks' },
		{
			name: 'Vehicles',
			value: 'vehicles',
			description: 'A row may have the customer and the last report of its vehicle, too',
		},
	],
};

const modeField: INodeProperties = {
	displayName: 'Mode',
	name: 'mode',
	type: 'options',
	default: 'createOrUpdate',
	description: 'What becomes of rows whose vehicle or customer is there already, and of those whose is not',
	options: [
		{
			name: 'Create Only',
			value: 'create',
			description: 'A row whose record is there already is refused',
		},
		{ name: 'Create or Update', value: 'createOrUpdate' },
		{ name: 'Update Only', value: 'update', description: 'A row whose record is not there is refused' },
	],
};

const matchField: INodeProperties = {
	displayName: 'Match Vehicles By',
	name: 'matchBy',
	type: 'options',
	default: 'auto',
	description: 'What a vehicle is recognised by',
	options: [
		{
			name: 'Automatic',
			value: 'auto',
			description: 'The VIN, else the external ID, else the plate, of those that the row has',
		},
		{ name: 'External ID', value: 'externalId' },
		{ name: 'Plate', value: 'plate' },
		{ name: 'VIN', value: 'vin' },
	],
};

const mappingField: INodeProperties = {
	displayName: 'Mapping',
	name: 'mapping',
	type: 'options',
	noDataExpression: true,
	default: 'automatic',
	options: [
		{
			name: 'Automatic',
			value: 'automatic',
			description:
				'As an earlier file of the same columns was mapped, else by the names of the columns, in several languages, and by their values',
		},
		{ name: 'Map Columns', value: 'columns', description: 'Say which column fills which field' },
	],
};

const columnsField: INodeProperties = {
	displayName: 'Columns',
	name: 'columns',
	type: 'resourceMapper',
	noDataExpression: true,
	default: { mappingMode: 'defineBelow', value: null },
	description:
		"Beside each field the column that fills it. Without a sample, type the column's name, or in JSON where it lies: position.lat",
	typeOptions: {
		loadOptionsDependsOn: ['sample.value', 'recordType'],
		resourceMapper: {
			resourceMapperMethod: 'getImportFields',
			mode: 'map',
			valuesLabel: 'Columns of the File',
			fieldWords: { singular: 'field', plural: 'fields' },
			addAllFields: true,
			supportAutoMap: false,
		},
	},
};

const othersField: INodeProperties = {
	displayName: 'Other Columns',
	name: 'others',
	type: 'options',
	default: 'recognise',
	description: 'What becomes of columns that are not mapped above',
	options: [
		{ name: 'Are Recognised', value: 'recognise', description: 'As with an automatic mapping' },
		{ name: 'Become Attributes', value: 'attributes' },
		{ name: 'Are Left Out', value: 'ignore' },
	],
};

const sampleField = importLocator({
	displayName: 'Sample',
	name: 'sample',
	required: false,
	description:
		'An uploaded file of the same shape, whose columns are offered below; left empty, the newest one of such records',
});

function formatFields(show: Show): INodeProperties[] {
	const [format, ...rest] = messageFormatFields({ ...show, recordType: ['statuses'] });
	if (!format) return [];
	const presets = (format.options ?? []).filter((option) => 'value' in option && option.value !== 'fleet');
	const automatic = {
		name: 'Automatic',
		value: 'auto',
		description: 'Columns, or a format that the messages are recognised by',
	};
	return [
		{
			...format,
			displayName: 'Status Format',
			default: 'auto',
			description: 'The shape of the status messages in a JSON file',
			options: [automatic, ...presets],
		},
		// n8n takes a field for shown where an expression decides about it.
		...rest.map((field) => ({ ...field, required: false })),
	];
}

/** How a file is understood. `importOptions` and `recordTypeOf` read them. */
export function importMappingFields(show: Show): INodeProperties[] {
	const when = (more: Show, field: INodeProperties): INodeProperties => ({
		...field,
		displayOptions: { show: { ...show, ...more } },
	});
	const columns = { mapping: ['columns'] };
	return [
		when({}, recordTypeField),
		...formatFields(show),
		when({}, modeField),
		when({ recordType: ['auto', 'vehicles'] }, matchField),
		when({}, mappingField),
		when(columns, sampleField),
		when(columns, columnsField),
		when(columns, attributesField),
		when(columns, fieldSettingsField),
		when(columns, othersField),
		when({}, importFileOptions),
	];
}
