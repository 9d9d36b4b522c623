import { InvalidFieldError } from '../../errors';
import { isJsonObject, type JsonObject } from '../../parse-status-message-values';
import type { PresetAttribute } from '../compile-mapping';
import type { Preset } from '../preset';
import { divided } from './divided';

const value = (name: string) => `${name}.value`;

/** By the names of Samsara's stats, of a snapshot and, in the plural, of a feed or history. */
const ATTRIBUTES: readonly PresetAttribute[] = [
	{ path: 'gps.speedMilesPerHour', name: 'speed', unit: 'mph' },
	{ path: 'gps.reverseGeo.formattedLocation', name: 'address' },
	{ path: ['engineStates.value', 'engineState.value'], name: 'engineState' },
	{
		path: ['engineStates.value', 'engineState.value'],
		name: 'ignition',
		convert: (state) => (state === 'Off' ? false : state === 'On' || state === 'Idle' ? true : undefined),
	},
	{ path: ['fuelPercents.value', 'fuelPercent.value'], name: 'fuelLevel' },
	{ path: value('obdOdometerMeters'), name: 'odometer', unit: 'm' },
	{ path: value('gpsOdometerMeters'), name: 'gpsOdometer', unit: 'm' },
	{ path: value('gpsDistanceMeters'), name: 'gpsDistance', unit: 'm' },
	{ path: value('obdEngineSeconds'), name: 'engineHours', convert: divided(3600) },
	{ path: value('ecuSpeedMph'), name: 'ecuSpeed', unit: 'mph' },
	{ path: value('engineRpm'), name: 'rpm' },
	{ path: value('engineLoadPercent'), name: 'engineLoad' },
	{ path: value('batteryMilliVolts'), name: 'batteryVoltage', unit: 'mV' },
	{ path: value('ambientAirTemperatureMilliC'), name: 'ambientTemperature', convert: divided(1000) },
	{ path: value('engineCoolantTemperatureMilliC'), name: 'coolantTemperature', convert: divided(1000) },
	{ path: value('engineOilPressureKPa'), name: 'oilPressure' },
	{ path: value('defLevelMilliPercent'), name: 'adBlueLevel', convert: divided(1000) },
	{ path: value('evStateOfChargeMilliPercent'), name: 'batteryLevel', convert: divided(1000) },
];

/**
 * Vehicle stats of Samsara, as the API answers them: each vehicle of `data` with stats that are one reading or a list
 * of them. Readings of one time make one report. Stats that are not known keep their names.
 */
export const samsara: Preset = {
	mapping: {
		items: 'data',
		vehicle: 'id',
		time: 'time',
		latitude: 'gps.latitude',
		longitude: 'gps.longitude',
		heading: 'gps.headingDegrees',
		attributes: ATTRIBUTES,
		others: 'others',
	},
	expand(vehicle) {
		const byTime = new Map<unknown, Record<string, unknown>>();
		for (const [name, stat] of Object.entries(vehicle)) {
			for (const reading of Array.isArray(stat) ? (stat as unknown[]) : [stat]) {
				if (isReading(reading)) add(byTime, vehicle.id, name, reading);
			}
		}
		if (byTime.size === 0) {
			throw new InvalidFieldError(
				'',
				'the message has no stats of a vehicle',
				'Send what the Samsara API answers for vehicle stats, e.g. {"data": [{"id": "...", "gps": {"time": "...", ...}}]}.',
			);
		}
		return [...byTime.values()].sort((a, b) => momentOf(a.time) - momentOf(b.time));
	},
};

const KNOWN = new Set(['gps', ...ATTRIBUTES.flatMap(({ path }) => path).map((path) => path.split('.')[0])]);

/** A stat of a vehicle, unlike its name, its tags or its other ids. */
const isReading = (stat: unknown): stat is JsonObject =>
	isJsonObject(stat) && (stat.time !== undefined || stat.value !== undefined || stat.latitude !== undefined);

function add(
	byTime: Map<unknown, Record<string, unknown>>,
	id: unknown,
	name: string,
	reading: JsonObject,
): void {
	let report = byTime.get(reading.time);
	if (report === undefined) byTime.set(reading.time, (report = { id, time: reading.time, others: {} }));
	if (KNOWN.has(name)) report[name] = reading;
	else report.others = { ...(report.others as JsonObject), [name]: reading.value };
}

const momentOf = (time: unknown): number => (typeof time === 'string' && Date.parse(time)) || 0;
