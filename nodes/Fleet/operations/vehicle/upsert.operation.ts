import type { Operation } from '../../../../src/n8n/operation';
import { additionalFields, readFields } from '../../../../src/n8n/record-fields';
import { toOutput } from '../../../../src/n8n/to-output';
import { describingFields, keyFields } from './vehicle-fields';

export const upsertVehicle: Operation = {
	value: 'upsert',
	name: 'Create or Update',
	action: 'Create or update vehicle',
	description: 'Update the vehicle with this VIN (else external ID, else plate), or create a new one',
	fields: [...keyFields, additionalFields(describingFields)],
	async execute({ context, itemIndex, fleet, records }) {
		const fields = readFields(context, itemIndex, ['vin', 'plate', 'externalId'], 'additionalFields');
		const { record, created } = await records.upsertVehicle(fleet, fields);
		return { ...toOutput(record), created };
	},
};
