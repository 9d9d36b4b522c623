import type { Operation } from '../../../../src/n8n/operation';
import { additionalFields, readFields } from '../../../../src/n8n/record-fields';
import { toOutput } from '../../../../src/n8n/to-output';
import { describingFields, keyFields } from './vehicle-fields';

export const createVehicle: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create vehicle',
	description: 'Create a new vehicle',
	fields: [...keyFields, additionalFields(describingFields)],
	async execute({ context, itemIndex, fleet, records }) {
		const fields = readFields(context, itemIndex, ['vin', 'plate', 'externalId'], 'additionalFields');
		return toOutput(await records.createVehicle(fleet, fields));
	},
};
