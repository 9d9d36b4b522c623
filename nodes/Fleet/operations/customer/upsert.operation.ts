import type { Operation } from '../../../../src/n8n/operation';
import { additionalFields, readFields } from '../../../../src/n8n/record-fields';
import { toOutput } from '../../../../src/n8n/to-output';
import { contactFields, externalIdField, nameField } from './customer-fields';

export const upsertCustomer: Operation = {
	value: 'upsert',
	name: 'Create or Update',
	action: 'Create or update customer',
	description: 'Update the customer with this external ID (else email, else name), or create a new one',
	fields: [externalIdField, nameField, additionalFields(contactFields)],
	async execute({ context, itemIndex, fleet, records }) {
		const fields = readFields(context, itemIndex, ['externalId', 'name'], 'additionalFields');
		const { record, created } = await records.upsertCustomer(fleet, fields);
		return { ...toOutput(record), created };
	},
};
