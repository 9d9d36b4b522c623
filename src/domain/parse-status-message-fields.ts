import { InvalidFieldError } from './errors';
import {
	isAbsent,
	isJsonObject,
	kindOf,
	MAX_KEY_LENGTH,
	show,
	UNSTORABLE,
	type JsonObject,
} from './parse-status-message-values';
import type { Position } from './status';

/** First come, first taken. */
const VEHICLE_KEYS = ['vehicle', 'vehicleKey', 'vin', 'plate', 'externalId'] as const;
export const TIME_KEYS = ['reportedAt', 'timestamp', 'time'] as const;
const POSITION_KEYS = ['latitude', 'longitude', 'heading'] as const;

/** Fields of the top level that are no attributes. */
export const OWN_KEYS: ReadonlySet<string> = new Set([
	...VEHICLE_KEYS,
	...TIME_KEYS,
	...POSITION_KEYS,
	'messageId',
	'sequence',
	'position',
	'attributes',
]);

/** The field that holds the time; `reportedAt` when none does. */
export function timeKeyOf(from: JsonObject): string {
	for (const name of TIME_KEYS) if (!isAbsent(from[name])) return name;
	return 'reportedAt';
}

/** A key is a text or a whole number, trimmed; null when there is none. Throws `InvalidFieldError`. */
export function parseKey(field: string, value: unknown): string | null {
	if (isAbsent(value)) return null;
	const key = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
	if (typeof key !== 'string') {
		throw new InvalidFieldError(
			field,
			`${field}: is ${kindOf(value)}`,
			'Give it as text or as a whole number.',
		);
	}
	const trimmed = key.trim();
	if (trimmed.length > MAX_KEY_LENGTH || UNSTORABLE.test(trimmed)) {
		throw new InvalidFieldError(
			field,
			`${field}: is longer than ${MAX_KEY_LENGTH} characters or holds characters that are no text`,
			'Send a shorter one in plain characters.',
		);
	}
	return trimmed === '' ? null : trimmed;
}

export function parseVehicleKey(from: JsonObject): string {
	for (const name of VEHICLE_KEYS) {
		const key = parseKey(name, from[name]);
		if (key !== null) return key;
	}
	throw new InvalidFieldError(
		'vehicle',
		'vehicle: the message does not say which vehicle it is about',
		'Add "vehicle" with its VIN, plate or external id.',
	);
}

export function parseSequence(value: unknown): number {
	if (isAbsent(value)) return 0;
	if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
	throw new InvalidFieldError(
		'sequence',
		`sequence: ${show(value)} is not a whole number`,
		'Number the reports of a vehicle 0, 1, 2, or leave "sequence" out.',
	);
}

/** From `position`, else from the top level; null where the message has neither. */
export function parsePosition(from: JsonObject): Position | null {
	const nested = from.position;
	if (!isAbsent(nested)) {
		if (isJsonObject(nested)) return readPosition(nested, 'position.');
		throw new InvalidFieldError(
			'position',
			`position: is ${kindOf(nested)}`,
			'Give it as {"latitude": 48.1, "longitude": 11.5}.',
		);
	}
	return hasTopLevelPosition(from) ? readPosition(from, '') : null;
}

export const hasTopLevelPosition = (from: JsonObject): boolean =>
	!isAbsent(from.latitude) || !isAbsent(from.longitude);

function readPosition(from: JsonObject, path: string): Position {
	const latitude = readDegrees(path + 'latitude', from.latitude, -90, 90);
	const longitude = readDegrees(path + 'longitude', from.longitude, -180, 180);
	if (isAbsent(from.heading)) return { latitude, longitude };
	return { latitude, longitude, heading: readDegrees(path + 'heading', from.heading, 0, 360) };
}

function readDegrees(field: string, value: unknown, min: number, max: number): number {
	const hint = `Send it in degrees between ${min} and ${max} (WGS 84), or send the message without a position.`;
	if (isAbsent(value)) throw new InvalidFieldError(field, `${field}: is missing`, hint);
	if (typeof value !== 'number') {
		throw new InvalidFieldError(field, `${field}: ${show(value)} is not a number`, hint);
	}
	if (!(value >= min && value <= max)) {
		throw new InvalidFieldError(field, `${field}: ${value} is outside ${min}..${max}`, hint);
	}
	return value;
}
