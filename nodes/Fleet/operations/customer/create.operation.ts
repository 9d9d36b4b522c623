import type { Operation } from '../../../../src/n8n/operation';
import { additionalFields, readFields } from '../../../../src/n8n/record-fields';
import { toOutput } from '../../../../src/n8n/to-output';
import { contactFields, externalIdField, nameField } from './customer-fields';

export const createCustomer: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create customer',
	description: 'Create a new customer',
	fields: [{ ...nameField, required: true }, additionalFields([...contactFields, externalIdField])],
	async execute({ context, itemIndex, fleet, records }) {
		const fields = readFields(context, itemIndex, ['name'], 'additionalFields');
		return toOutput(await records.createCustomer(fleet, fields));
	},
};
