import { InvalidFieldError } from '../errors';
import { required, text } from '../field-parsers';
import { parseObject, refuseOthers } from './parse-object';
import type { JsonObject } from './parse-object';
import { parseSeconds } from './parse-quantity';
import type { GeofencePattern, GeofenceRef } from './pattern';

export const GEOFENCE_KINDS = ['inside', 'outside', 'enters', 'exits', 'dwells'] as const;
export type GeofenceKind = (typeof GEOFENCE_KINDS)[number];

const MAX_NAME_LENGTH = 200;
const parseName = required(text(MAX_NAME_LENGTH));

/** @throws InvalidFieldError naming the part that is wrong; `field` is the path of what `kind` stands before */
export function parseGeofencePattern(kind: GeofenceKind, value: unknown, field: string): GeofencePattern {
	const object = parseObject(value, field, '{ "geofence": "depot" }');
	if (kind !== 'dwells') {
		refuseOthers(object, ['geofence', 'tag'], field);
		return geofencePattern(kind, parseRef(object, field));
	}
	refuseOthers(object, ['geofence', 'tag', 'forSeconds'], field);
	const forSeconds = parseSeconds(object.forSeconds, `${field}.forSeconds`);
	return { dwells: { ...parseRef(object, field), forSeconds } };
}

/** What asks where a vehicle is, or whether it has come or gone; how long it dwells has a time beside. */
export function geofencePattern(kind: Exclude<GeofenceKind, 'dwells'>, ref: GeofenceRef): GeofencePattern {
	switch (kind) {
		case 'inside':
			return { inside: ref };
		case 'outside':
			return { outside: ref };
		case 'enters':
			return { enters: ref };
		case 'exits':
			return { exits: ref };
	}
}

function parseRef({ geofence, tag }: JsonObject, field: string): GeofenceRef {
	const [hasName, hasTag] = [geofence ?? null, tag ?? null].map((given) => given !== null);
	if (hasName === hasTag) {
		throw new InvalidFieldError(
			field,
			hasName ? `${field} names a geofence and a tag` : `${field} names no geofence`,
			'Give one of both: "geofence" for one by its name, "tag" for all that carry it.',
		);
	}
	return hasName
		? { geofence: parseName(geofence, `${field}.geofence`) }
		: { tag: parseName(tag, `${field}.tag`) };
}
