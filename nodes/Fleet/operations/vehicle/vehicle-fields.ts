import type { INodeProperties } from 'n8n-workflow';
import { attributesField } from '../../../../src/n8n/record-fields';

/** What a vehicle is known by: at least one of them is needed. */
export const keyFields: INodeProperties[] = [
	{
		displayName: 'VIN',
		name: 'vin',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1M8GDM9AXKP042788',
		description: 'Vehicle identification number, 17 characters. A VIN, a plate or an external ID is needed.',
	},
	{
		displayName: 'Plate',
		name: 'plate',
		type: 'string',
		default: '',
		placeholder: 'e.g. B FL 1024',
		description: 'Registration plate; upper and lower case count as the same',
	},
	{
		displayName: 'External ID',
		name: 'externalId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 212014918732717',
		description: "The vehicle's ID in its telematics box or in your own system",
	},
];

export const describingFields: INodeProperties[] = [
	attributesField,
	{ displayName: 'Make', name: 'make', type: 'string', default: '', placeholder: 'e.g. Volvo' },
	{ displayName: 'Model', name: 'model', type: 'string', default: '', placeholder: 'e.g. FH16' },
	{ displayName: 'Name', name: 'name', type: 'string', default: '', placeholder: 'e.g. Big Red' },
	{
		displayName: 'Year',
		name: 'year',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2024',
		description: 'Model year',
	},
];
