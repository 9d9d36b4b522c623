import type { INodeProperties } from 'n8n-workflow';
import { customerLocator, vehicleLocator } from '../../../../src/n8n/descriptions/locators';

export const titleField: INodeProperties = {
	displayName: 'Title',
	name: 'title',
	type: 'string',
	default: '',
	placeholder: 'e.g. Change tyres',
};

export const descriptionField: INodeProperties = {
	displayName: 'Description',
	name: 'description',
	type: 'string',
	typeOptions: { rows: 3 },
	default: '',
	placeholder: 'e.g. Winter tyres are in bay 4',
};

export const dueAtField: INodeProperties = {
	displayName: 'Due At',
	name: 'dueAt',
	type: 'dateTime',
	default: '',
};

export const customerLink = customerLocator({
	required: false,
	description: "Whom the task is for. Without a vehicle, its rules watch all of the customer's vehicles.",
});

export const vehicleLink = vehicleLocator({
	required: false,
	description:
		'The vehicle that the task is for, which its rules watch. Without vehicle and customer they watch all.',
});
