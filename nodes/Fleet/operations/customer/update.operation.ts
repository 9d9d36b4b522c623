import { customerLocator } from '../../../../src/n8n/descriptions/locators';
import type { Operation } from '../../../../src/n8n/operation';
import { readFields, updateFields } from '../../../../src/n8n/record-fields';
import { recordRef } from '../../../../src/n8n/record-ref';
import { toOutput } from '../../../../src/n8n/to-output';
import { contactFields, externalIdField, nameField } from './customer-fields';

export const updateCustomer: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update customer',
	description: 'Change fields of a customer',
	fields: [customerLocator(), updateFields([nameField, ...contactFields, externalIdField])],
	async execute({ context, itemIndex, fleet, records }) {
		const ref = recordRef(context, 'customer', itemIndex);
		const changes = readFields(context, itemIndex, [], 'updateFields');
		return toOutput(await records.updateCustomer(fleet, ref, changes));
	},
};
