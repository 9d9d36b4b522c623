import type { Operation } from '../../../../src/n8n/operation';
import { additionalFields } from '../../../../src/n8n/record-fields';
import { optionalRef } from '../../../../src/n8n/record-ref';
import { toOutput } from '../../../../src/n8n/to-output';
import { customerLink, descriptionField, dueAtField, titleField, vehicleLink } from './task-fields';

export const createTask: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create task',
	description: 'Create a new task',
	fields: [
		{ ...titleField, required: true },
		vehicleLink,
		customerLink,
		additionalFields([
			descriptionField,
			dueAtField,
			{
				displayName: 'Rule Names or IDs',
				name: 'ruleIds',
				type: 'multiOptions',
				typeOptions: { loadOptionsMethod: 'getTaskRules' },
				default: [],
				description:
					'Rules that watch the task\'s vehicles until it is closed; those that watch "Vehicles of Open Tasks" are listed. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
			},
		]),
	],
	async execute({ context, itemIndex, fleet, records }) {
		const { dueAt, ...more } = context.getNodeParameter('additionalFields', itemIndex, {});
		const task = {
			title: context.getNodeParameter('title', itemIndex),
			...more,
			dueAt: records.instantIn(context.getTimezone(), dueAt, 'dueAt'),
		};
		const links = {
			vehicle: optionalRef(context, 'vehicle', itemIndex),
			customer: optionalRef(context, 'customer', itemIndex),
		};
		return toOutput(await records.createTask(fleet, task, links));
	},
};
