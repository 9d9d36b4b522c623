import { InvalidFieldError } from '../../errors';
import { camelCase } from '../../mapping/normalise-name';
import { isJsonObject, type JsonObject } from '../../parse-status-message-values';
import { unitSpelled } from '../../rules/parse-unit';
import { toCanonical } from '../../units';
import type { Preset } from '../preset';

const POSITION = 'location-preciselocation';

/** By the codes of Smartcar's signals; those that are not here are named after their code. */
const NAMES: Readonly<Record<string, string>> = {
	'tractionbattery-stateofcharge': 'batteryLevel',
	'tractionbattery-range': 'batteryRange',
	'internalcombustionengine-fuellevel': 'fuelLevel',
	'internalcombustionengine-amountremaining': 'fuelVolume',
	'internalcombustionengine-range': 'fuelRange',
	'internalcombustionengine-oillife': 'oilLife',
	'odometer-traveleddistance': 'odometer',
	'charge-ischarging': 'charging',
	'charge-ischargingcableconnected': 'chargingCableConnected',
	'closure-islocked': 'locked',
	'lowvoltagebattery-stateofcharge': 'lowVoltageBatteryLevel',
	'motion-speed': 'speed',
};

/**
 * Events that Smartcar sends to webhooks. An event holds all signals of the vehicle: they make one report, of the time
 * at which the newest of them was updated. Signals that Smartcar could not read are skipped.
 */
export const smartcar: Preset = {
	mapping: {
		vehicle: 'data.vehicle.id',
		time: 'time',
		messageId: 'eventId',
		latitude: 'position.latitude',
		longitude: 'position.longitude',
		heading: 'position.heading',
		others: 'signals',
	},
	expand(event) {
		// Sent once, when the webhook is set up.
		if (event.eventType === 'VERIFY') return [];
		const data = isJsonObject(event.data) ? event.data : {};
		const all: readonly unknown[] = Array.isArray(data.signals) ? data.signals : [];
		const read = all.filter((signal): signal is JsonObject => isJsonObject(signal) && hasSucceeded(signal));
		if (read.length === 0) {
			throw new InvalidFieldError(
				'data.signals',
				`data.signals: none of the ${all.length} signals of this event was read`,
				"Events without a value need no feed. See the errors in the event's data.",
			);
		}
		const signals = Object.fromEntries(read.flatMap(namedValue));
		const position = read.find(({ code }) => code === POSITION)?.body;
		return [{ eventId: event.eventId, data, time: timeOf(read, event), position, signals }];
	},
};

function hasSucceeded({ status }: JsonObject): boolean {
	if (status === undefined || status === null) return true;
	return isJsonObject(status) && status.value === 'SUCCESS';
}

function namedValue({ code, body }: JsonObject): readonly [name: string, value: unknown][] {
	if (typeof code !== 'string' || code === POSITION || !isJsonObject(body)) return [];
	const name = Object.hasOwn(NAMES, code) ? NAMES[code] : undefined;
	return [[name ?? (camelCase(code) || code), inCanonicalUnit(body)]];
}

function inCanonicalUnit({ value, unit }: JsonObject): unknown {
	const known = typeof unit === 'string' ? unitSpelled(unit) : null;
	return typeof value === 'number' && known !== null ? toCanonical(value, known) : value;
}

function timeOf(signals: readonly JsonObject[], { meta }: JsonObject): unknown {
	const timesOf = (name: string) =>
		signals.flatMap((signal) => (isJsonObject(signal.meta) ? (signal.meta[name] ?? []) : []));
	for (const times of [timesOf('oemUpdatedAt'), timesOf('retrievedAt')]) {
		if (times.length > 0)
			return times.reduce((newest, time) => (momentOf(time) > momentOf(newest) ? time : newest));
	}
	return isJsonObject(meta) ? meta.deliveredAt : undefined;
}

const momentOf = (time: unknown): number =>
	typeof time === 'number' ? time : (typeof time === 'string' && Date.parse(time)) || 0;
