import { vehicleLocator } from '../../../../src/n8n/descriptions/locators';
import { toNumber } from '../../../../src/n8n/geofence-shape';
import type { Operation } from '../../../../src/n8n/operation';
import { recordRef } from '../../../../src/n8n/record-ref';
import { toOutput } from '../../../../src/n8n/to-output';
import { latitudeField, longitudeField } from './geofence-fields';

const ofVehicle = { displayOptions: { show: { locateBy: ['vehicle'] } } };
const ofCoordinates = { displayOptions: { show: { locateBy: ['coordinates'] } } };

export const locate: Operation = {
	value: 'locate',
	name: 'Locate',
	action: 'Find geofences around position',
	description: 'List the geofences that contain the last position of a vehicle, or given coordinates',
	fields: [
		{
			displayName: 'Locate By',
			name: 'locateBy',
			type: 'options',
			noDataExpression: true,
			default: 'vehicle',
			options: [
				{ name: 'Coordinates', value: 'coordinates' },
				{ name: 'Vehicle', value: 'vehicle', description: 'Where it was when it last reported a position' },
			],
		},
		vehicleLocator(ofVehicle),
		{ ...latitudeField, required: true, ...ofCoordinates },
		{ ...longitudeField, required: true, ...ofCoordinates },
	],
	async execute({ context, itemIndex, fleet, records }) {
		const read = (name: string): unknown => toNumber(context.getNodeParameter(name, itemIndex));
		const located =
			context.getNodeParameter('locateBy', itemIndex) === 'coordinates'
				? await records.locatePosition(fleet, read('longitude'), read('latitude'))
				: await records.locateVehicle(fleet, recordRef(context, 'vehicle', itemIndex));
		const geofences = located.geofences.map(({ id, name, tags }) => ({ id, name, tags }));
		return toOutput({ ...located, isInside: geofences.length > 0, geofences });
	},
};
