import { geofenceLocator } from '../../../../src/n8n/descriptions/locators';
import { readShape } from '../../../../src/n8n/geofence-shape';
import type { Operation } from '../../../../src/n8n/operation';
import { readFields, updateFields } from '../../../../src/n8n/record-fields';
import { recordRef } from '../../../../src/n8n/record-ref';
import { toOutput } from '../../../../src/n8n/to-output';
import { detailFields, nameField, otherShapeFields } from './geofence-fields';

export const updateGeofence: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update geofence',
	description: 'Change shape or fields of a geofence. A name that rules know it by stays.',
	fields: [geofenceLocator(), ...otherShapeFields, updateFields([...detailFields, nameField])],
	async execute({ context, itemIndex, fleet, records }) {
		const ref = recordRef(context, 'geofence', itemIndex);
		const changes = readFields(context, itemIndex, [], 'updateFields');
		const shape = readShape(context, itemIndex);
		return toOutput(await records.updateGeofence(fleet, ref, { ...changes, shape }));
	},
};
