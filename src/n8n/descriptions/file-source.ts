import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/** Names of the binary fields that `filesOfItem` takes. */
export const binaryFieldsField: INodeProperties = {
	displayName: 'Input Binary Fields',
	name: 'binaryFields',
	type: 'string',
	default: '',
	placeholder: 'e.g. data',
	description:
		'Names of the binary fields that hold the files, comma-separated. Leave empty to take all of the item.',
	displayOptions: { show: { source: ['binary'] } },
};

/** Where what is imported comes from: the item's files, or what one of `others` says. */
export const sourceField = (...others: INodePropertyOptions[]): INodeProperties => ({
	displayName: 'Source',
	name: 'source',
	type: 'options',
	noDataExpression: true,
	default: 'binary',
	options: [
		{ name: 'Files of the Item', value: 'binary', description: 'Binary fields of the input item' },
		...others,
	],
});

export const fileSourceFields = (other: INodePropertyOptions): INodeProperties[] => [
	sourceField(other),
	binaryFieldsField,
];
