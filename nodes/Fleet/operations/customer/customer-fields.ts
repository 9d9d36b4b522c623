import type { INodeProperties } from 'n8n-workflow';
import { attributesField } from '../../../../src/n8n/record-fields';

export const nameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Ada Lovelace Logistics',
	description: 'Name of the person or company',
};

export const externalIdField: INodeProperties = {
	displayName: 'External ID',
	name: 'externalId',
	type: 'string',
	default: '',
	placeholder: 'e.g. C-1024',
	description: "The customer's ID in your own system; no two customers have the same",
};

export const contactFields: INodeProperties[] = [
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		default: '',
		placeholder: 'e.g. name@email.com',
	},
	{ displayName: 'Phone', name: 'phone', type: 'string', default: '', placeholder: 'e.g. +49 30 901820' },
	attributesField,
];
