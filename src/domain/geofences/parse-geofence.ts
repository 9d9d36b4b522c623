import { InvalidFieldError } from '../errors';
import { required, text } from '../field-parsers';
import { refuseUnknown, sortFields } from '../fields';
import type { FieldInput, FieldParser, FieldParsers } from '../fields';
import type { GeofenceFields } from '../geofence';
import { kindOf, shown } from '../rules/parse-object';
import { parseShape } from './parse-shape';

export const DEFAULT_HYSTERESIS_METERS = 20;

const MAX_HYSTERESIS_METERS = 10_000;
const MAX_TAGS = 50;

const tag = text(100);

/** A list, or one text with commas. */
const tags: FieldParser<readonly string[]> = (value, field) => {
	if (value === null) return [];
	if (!Array.isArray(value) && typeof value !== 'string') {
		throw new InvalidFieldError(
			field,
			`${field} is ${kindOf(value)}, not a list`,
			'Give e.g. ["depot", "fuel"].',
		);
	}
	const given: readonly unknown[] = Array.isArray(value) ? value : value.split(',');
	const parsed = given.map((one, at) => tag(one, `${field}[${at}]`)).filter((one) => one !== null);
	const different = [...new Set(parsed)];
	if (different.length <= MAX_TAGS) return different;
	throw new InvalidFieldError(
		field,
		`${field} has ${different.length} entries, more than ${MAX_TAGS}`,
		'Leave out those that no rule and no search needs.',
	);
};

const hysteresis: FieldParser<number> = (value, field) => {
	if (value === null || value === '') return DEFAULT_HYSTERESIS_METERS;
	const meters = typeof value === 'string' ? Number(value) : value;
	if (typeof meters === 'number' && meters >= 0 && meters <= MAX_HYSTERESIS_METERS) return meters;
	throw new InvalidFieldError(
		field,
		`${shown(value)} in ${field} is not a number from 0 to ${MAX_HYSTERESIS_METERS}`,
		`Give the metres by which a vehicle has to be outside before it counts as gone, e.g. ${DEFAULT_HYSTERESIS_METERS}.`,
	);
};

const PARSERS: FieldParsers<GeofenceFields> = {
	name: required(text(200)),
	tags,
	shape: parseShape,
	hysteresisMeters: hysteresis,
};

const REFUSED = { id: 'The store gives the id. Geofences are known by their name.' };

/**
 * The fields that `input` names, checked.
 * @throws InvalidFieldError
 */
export function parseGeofenceChanges(input: FieldInput): Partial<GeofenceFields> {
	const { fields, unknown } = sortFields(input, PARSERS, REFUSED);
	refuseUnknown(unknown, Object.keys(PARSERS), 'geofence');
	return fields;
}

/**
 * All fields of a geofence; no tags and a hysteresis of 20 m where none are given.
 * @throws InvalidFieldError
 */
export function parseGeofenceFields(input: FieldInput): GeofenceFields {
	return completeGeofence(parseGeofenceChanges(input));
}

/** @throws InvalidFieldError when the name or the shape is missing. */
export function completeGeofence({ name, shape, ...others }: Partial<GeofenceFields>): GeofenceFields {
	if (name === undefined) {
		throw new InvalidFieldError(
			'name',
			'The geofence has no name',
			'Give a name: rules refer to it by that.',
		);
	}
	if (shape === undefined) {
		throw new InvalidFieldError(
			'shape',
			`The geofence '${name}' has no shape`,
			'Give a circle, a polygon, a corridor, or a GeoJSON geometry.',
		);
	}
	return { name, tags: [], hysteresisMeters: DEFAULT_HYSTERESIS_METERS, ...others, shape };
}
