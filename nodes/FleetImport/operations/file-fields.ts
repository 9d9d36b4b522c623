import type { INodeProperties } from 'n8n-workflow';
import { binaryFieldsField, sourceField } from '../../../src/n8n/descriptions/file-source';

const FOLDER = {
	name: 'Folder on the Server',
	value: 'folder',
	description: 'Files that were put into a folder that n8n may read',
};

/** Where the file comes from and what its rows are; `Create` and `Preview` share it. */
export function fileFields(operation: string, sources: 'anywhere' | 'item'): INodeProperties[] {
	const show = { operation: [operation] };
	const binaryField: INodeProperties = {
		...binaryFieldsField,
		displayOptions: { show: sources === 'anywhere' ? { ...show, source: ['binary'] } : show },
	};
	const recordType: INodeProperties = {
		displayName: 'Records',
		name: 'recordType',
		type: 'options',
		default: 'auto',
		description: 'What the rows of the file are',
		options: [
			{
				name: 'Customers',
				value: 'customers',
			},
			{
				name: 'Detect',
				value: 'auto',
				description: 'From the columns, or from the names of the lists in a JSON file',
			},
			{
				name: 'Status Messages',
				value: 'statuses',
			},
			{
				name: 'Tasks',
				value: 'tasks',
			},
			{
				name: 'Vehicles',
				value: 'vehicles',
			},
		],
		displayOptions: { show },
	};
	if (sources === 'item') return [binaryField, recordType];
	return [
		{ ...sourceField(FOLDER), displayOptions: { show } },
		binaryField,
		{
			displayName: 'Folder',
			name: 'folder',
			type: 'string',
			required: true,
			default: 'fleet',
			placeholder: 'e.g. fleet',
			description:
				'Absolute, or below the folder that n8n may read files from: <code>.n8n-files</code> in the home folder, or what <code>N8N_RESTRICT_FILE_ACCESS_TO</code> names',
			displayOptions: { show: { ...show, source: ['folder'] } },
		},
		recordType,
	];
}
