import type { JsonObject } from '../../parse-status-message-values';
import { isJsonObject } from '../../parse-status-message-values';
import type { Preset } from '../preset';
import { divided } from './divided';

const MS_PER_HOUR = 3_600_000;

/**
 * What Traccar forwards, position and device. Units of its model Position.java: speeds in knots, distances in metres,
 * hours of the engine in milliseconds. `totalDistance` is what Traccar has added up, not what the odometer shows.
 */
export const traccar: Preset = {
	mapping: {
		vehicle: 'device.uniqueId',
		time: ['position.fixTime', 'position.deviceTime', 'position.serverTime'],
		latitude: 'position.latitude',
		longitude: 'position.longitude',
		heading: 'position.course',
		attributes: [
			{ path: 'position.speed', name: 'speed', unit: 'kn' },
			{ path: 'position.altitude', name: 'altitude' },
			{ path: 'position.accuracy', name: 'positionAccuracy' },
			{ path: 'position.valid', name: 'positionValid' },
			{ path: 'position.protocol', name: 'protocol' },
			{ path: 'device.status', name: 'deviceStatus' },
			{ path: 'position.attributes.odometer', name: 'odometer', unit: 'm' },
			{ path: 'position.attributes.totalDistance', name: 'totalDistance', unit: 'm' },
			{ path: 'position.attributes.distance', name: 'distance', unit: 'm' },
			{ path: 'position.attributes.tripOdometer', name: 'tripOdometer', unit: 'm' },
			{ path: 'position.attributes.serviceOdometer', name: 'serviceOdometer', unit: 'm' },
			{ path: 'position.attributes.obdOdometer', name: 'obdOdometer', unit: 'm' },
			{ path: 'position.attributes.speedLimit', name: 'speedLimit', unit: 'kn' },
			{ path: 'position.attributes.hours', name: 'engineHours', convert: divided(MS_PER_HOUR) },
			{ path: 'position.attributes.power', name: 'externalVoltage' },
			{ path: 'position.attributes.battery', name: 'batteryVoltage' },
			{ path: 'position.attributes.sat', name: 'satellites' },
			{ path: 'position.attributes.charge', name: 'charging' },
			{ path: 'position.attributes.door', name: 'doorOpen' },
			{ path: 'position.attributes.coolantTemp', name: 'coolantTemperature' },
			{ path: 'position.attributes.engineTemp', name: 'engineTemperature' },
			{ path: 'position.attributes.driverUniqueId', name: 'driver' },
		],
		others: 'position.attributes',
	},
	expand: (message) => [isOutdated(message) ? withoutFix(message) : message],
};

/** The device has no fix: Traccar repeats the last position, and its time, beside values that are new. */
const isOutdated = ({ position }: JsonObject): boolean =>
	isJsonObject(position) && position.outdated === true;

function withoutFix(message: JsonObject): JsonObject {
	const position = message.position as JsonObject;
	if (position.deviceTime === undefined && position.serverTime === undefined) return message;
	const none = { fixTime: undefined, latitude: undefined, longitude: undefined, course: undefined };
	return { ...message, position: { ...position, ...none, speed: undefined } };
}
