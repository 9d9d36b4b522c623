import { taskLocator } from '../../../../src/n8n/descriptions/locators';
import type { Operation } from '../../../../src/n8n/operation';
import { updateFields } from '../../../../src/n8n/record-fields';
import { parseRef, recordRef } from '../../../../src/n8n/record-ref';
import { toOutput } from '../../../../src/n8n/to-output';
import { customerLink, descriptionField, dueAtField, titleField, vehicleLink } from './task-fields';

export const updateTask: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update task',
	description: 'Change fields of a task',
	fields: [
		taskLocator(),
		updateFields([customerLink, descriptionField, dueAtField, titleField, vehicleLink]),
	],
	async execute({ context, itemIndex, fleet, records }) {
		const { vehicle, customer, dueAt, ...changes } = context.getNodeParameter('updateFields', itemIndex, {});
		const due =
			dueAt === undefined ? {} : { dueAt: records.instantIn(context.getTimezone(), dueAt, 'dueAt') };
		const links = {
			...(vehicle === undefined ? {} : { vehicle: parseRef('vehicle', vehicle) }),
			...(customer === undefined ? {} : { customer: parseRef('customer', customer) }),
		};
		const ref = recordRef(context, 'task', itemIndex);
		return toOutput(await records.updateTask(fleet, ref, { ...changes, ...due }, links));
	},
};
