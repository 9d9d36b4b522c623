import { InvalidFieldError } from '../../errors';
import { isJsonObject, type JsonObject } from '../../parse-status-message-values';
import type { Preset } from '../preset';

const STOP_STATUS = ['INCOMING_AT', 'STOPPED_AT', 'IN_TRANSIT_TO'];
const CONGESTION = [
	'UNKNOWN_CONGESTION_LEVEL',
	'RUNNING_SMOOTHLY',
	'STOP_AND_GO',
	'CONGESTION',
	'SEVERE_CONGESTION',
];
const OCCUPANCY = [
	...['EMPTY', 'MANY_SEATS_AVAILABLE', 'FEW_SEATS_AVAILABLE', 'STANDING_ROOM_ONLY'],
	...['CRUSHED_STANDING_ROOM_ONLY', 'FULL', 'NOT_ACCEPTING_PASSENGERS', 'NO_DATA_AVAILABLE', 'NOT_BOARDABLE'],
];

/** A word of an enum, which protobuf carries as its number. */
const word =
	(words: readonly string[]) =>
	(value: unknown): unknown =>
		typeof value === 'number' ? (words[value] ?? value) : value;

/**
 * Vehicle positions of a GTFS-realtime 2.0 FeedMessage (gtfs.org), as protobuf or in its JSON form with the names in
 * either case. Speeds in m/s, odometer in metres, times in seconds. Entities that are no vehicle positions are no
 * messages.
 */
export const gtfsRealtime: Preset = {
	mapping: {
		items: 'entity',
		vehicle: [
			'vehicle.vehicle.id',
			'vehicle.vehicle.licensePlate',
			'vehicle.vehicle.license_plate',
			'vehicle.vehicle.label',
		],
		time: ['vehicle.timestamp', '$.header.timestamp'],
		timeForm: 'epochSeconds',
		latitude: 'vehicle.position.latitude',
		longitude: 'vehicle.position.longitude',
		heading: 'vehicle.position.bearing',
		attributes: [
			{ path: 'vehicle.position.speed', name: 'speed', unit: 'm/s' },
			{ path: 'vehicle.position.odometer', name: 'odometer', unit: 'm' },
			{
				path: ['vehicle.currentStatus', 'vehicle.current_status'],
				name: 'currentStatus',
				convert: word(STOP_STATUS),
			},
			{ path: ['vehicle.stopId', 'vehicle.stop_id'], name: 'stopId' },
			{
				path: ['vehicle.currentStopSequence', 'vehicle.current_stop_sequence'],
				name: 'currentStopSequence',
			},
			{
				path: ['vehicle.congestionLevel', 'vehicle.congestion_level'],
				name: 'congestionLevel',
				convert: word(CONGESTION),
			},
			{
				path: ['vehicle.occupancyStatus', 'vehicle.occupancy_status'],
				name: 'occupancyStatus',
				convert: word(OCCUPANCY),
			},
			{ path: ['vehicle.occupancyPercentage', 'vehicle.occupancy_percentage'], name: 'occupancyPercent' },
			{ path: ['vehicle.trip.tripId', 'vehicle.trip.trip_id'], name: 'tripId' },
			{ path: ['vehicle.trip.routeId', 'vehicle.trip.route_id'], name: 'routeId' },
			{ path: 'vehicle.vehicle.label', name: 'label' },
		],
	},
	expand(entity) {
		if (entity.isDeleted === true || entity.is_deleted === true) return [];
		const { vehicle } = entity;
		if (isJsonObject(vehicle) && (vehicle.position !== undefined || vehicle.vehicle !== undefined))
			return [entity];
		if (isBareVehicle(entity)) return [{ vehicle: entity }];
		// Trip updates and alerts are entities as well, and a feed may hold none.
		if (entity.id !== undefined || entity.header !== undefined) return [];
		throw new InvalidFieldError(
			'',
			'the message is no GTFS-realtime FeedMessage',
			'Send {"header": {...}, "entity": [{"id": "...", "vehicle": {...}}]}, or choose another format for the feed.',
		);
	},
};

/** A VehiclePosition without an entity around it, whose `vehicle` is the vehicle itself. */
const isBareVehicle = (value: JsonObject): boolean =>
	value.entity === undefined && value.position !== undefined;
