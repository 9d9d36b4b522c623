import { readShape } from '../../../../src/n8n/geofence-shape';
import type { Operation } from '../../../../src/n8n/operation';
import { additionalFields, readFields } from '../../../../src/n8n/record-fields';
import { toOutput } from '../../../../src/n8n/to-output';
import { detailFields, nameField, shapeFields } from './geofence-fields';

export const createGeofence: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create geofence',
	description: 'Create a new geofence',
	fields: [{ ...nameField, required: true }, ...shapeFields, additionalFields(detailFields)],
	async execute({ context, itemIndex, fleet, records }) {
		const fields = readFields(context, itemIndex, ['name'], 'additionalFields');
		const shape = readShape(context, itemIndex);
		return toOutput(await records.createGeofence(fleet, { ...fields, shape }));
	},
};
