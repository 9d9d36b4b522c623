import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { binaryFieldsField, sourceField } from './file-source';

const importSourceField = sourceField(
	{
		name: 'Folder on the Server',
		value: 'folder',
		description: 'Files that were put into a folder that n8n may read',
	},
	{
		name: 'S3 Bucket',
		value: 's3',
		description: 'What is new or has changed in the bucket of the S3 credential',
	},
	{
		name: 'URL',
		value: 'url',
		description: 'A file that is fetched over HTTP(S), when it has changed since it was imported last',
	},
);

const folderField: INodeProperties = {
	displayName: 'Folder',
	name: 'folder',
	type: 'string',
	required: true,
	default: 'fleet',
	placeholder: 'e.g. fleet',
	description:
		'Absolute, or below the folder that n8n may read files from: <code>.n8n-files</code> in the home folder, or what <code>N8N_RESTRICT_FILE_ACCESS_TO</code> names',
	displayOptions: { show: { source: ['folder'] } },
};

const afterField: INodeProperties = {
	displayName: 'After Import',
	name: 'afterImport',
	type: 'options',
	noDataExpression: true,
	default: 'leave',
	options: [
		{
			name: 'Leave the File There',
			value: 'leave',
			description: 'It is imported again only when its content has changed',
		},
		{
			name: 'Move It to Done or Failed',
			value: 'move',
			description:
				'Folders beside it. It is moved when its import has ended: at once where the end is waited for, else at the next look.',
		},
	],
	displayOptions: { show: { source: ['folder'] } },
};

const urlField: INodeProperties = {
	displayName: 'URL',
	name: 'url',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. https://example.com/fleet/vehicles.csv',
	displayOptions: { show: { source: ['url'] } },
};

const headersField: INodeProperties = {
	displayName: 'Headers',
	name: 'headers',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Header',
	default: {},
	description:
		'Sent with the request, e.g. Authorization. For a server that wants a credential of n8n, put an HTTP Request node before this one instead.',
	options: [
		{
			displayName: 'Header',
			name: 'header',
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. Authorization',
				},
				{ displayName: 'Value', name: 'value', type: 'string', typeOptions: { password: true }, default: '' },
			],
		},
	],
	displayOptions: { show: { source: ['url'] } },
};

const prefixField: INodeProperties = {
	displayName: 'Folder in the Bucket',
	name: 'prefix',
	type: 'string',
	default: '',
	placeholder: 'e.g. incoming/',
	description: 'With what the keys begin; left empty, the whole bucket',
	displayOptions: { show: { source: ['s3'] } },
};

/** Where the files of a new import come from; the node's other fields say what becomes of them. */
export function importSourceFields(show: NonNullable<IDisplayOptions['show']>): INodeProperties[] {
	const fields = [
		importSourceField,
		binaryFieldsField,
		folderField,
		afterField,
		urlField,
		headersField,
		prefixField,
	];
	return fields.map((field) => ({
		...field,
		displayOptions: { show: { ...show, ...field.displayOptions?.show } },
	}));
}
