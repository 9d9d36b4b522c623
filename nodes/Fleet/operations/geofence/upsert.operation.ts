import { readShape } from '../../../../src/n8n/geofence-shape';
import type { Operation } from '../../../../src/n8n/operation';
import { additionalFields, readFields } from '../../../../src/n8n/record-fields';
import { toOutput } from '../../../../src/n8n/to-output';
import { detailFields, nameField, shapeFields } from './geofence-fields';

export const upsertGeofence: Operation = {
	value: 'upsert',
	name: 'Create or Update',
	action: 'Create or update geofence',
	description: 'Update the geofence with this name, or create a new one',
	fields: [{ ...nameField, required: true }, ...shapeFields, additionalFields(detailFields)],
	async execute({ context, itemIndex, fleet, records }) {
		const fields = readFields(context, itemIndex, ['name'], 'additionalFields');
		const shape = readShape(context, itemIndex);
		const { record, created } = await records.upsertGeofence(fleet, { ...fields, shape });
		return { ...toOutput(record), created };
	},
};
