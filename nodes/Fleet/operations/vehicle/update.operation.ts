import { vehicleLocator } from '../../../../src/n8n/descriptions/locators';
import type { Operation } from '../../../../src/n8n/operation';
import { readFields, updateFields } from '../../../../src/n8n/record-fields';
import { recordRef } from '../../../../src/n8n/record-ref';
import { toOutput } from '../../../../src/n8n/to-output';
import { describingFields, keyFields } from './vehicle-fields';

export const updateVehicle: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update vehicle',
	description: 'Change fields of a vehicle',
	fields: [vehicleLocator(), updateFields([...describingFields, ...keyFields])],
	async execute({ context, itemIndex, fleet, records }) {
		const ref = recordRef(context, 'vehicle', itemIndex);
		const changes = readFields(context, itemIndex, [], 'updateFields');
		return toOutput(await records.updateVehicle(fleet, ref, changes));
	},
};
