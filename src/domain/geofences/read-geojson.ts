import { FleetError, InvalidFieldError } from '../errors';
import type { GeofenceFields } from '../geofence';
import { type JsonObject, kindOf, parseList, parseObject } from '../rules/parse-object';
import { parseGeofenceChanges } from './parse-geofence';
import { parseJsonText } from './json-text';
import { parseKnownShape } from './parse-shape';

const MAX_FEATURES = 10_000;

/** A feature that is no geofence. */
export interface RefusedFeature {
	/** Place among the features, from 0. */
	readonly index: number;
	readonly name: string | null;
	readonly reason: string;
	/** How to mend it. */
	readonly hint: string;
}

/** Tags and hysteresis only where the feature has them. */
export type FeatureFields = Pick<GeofenceFields, 'name' | 'shape'> & Partial<GeofenceFields>;

export interface ReadFeatures {
	readonly good: readonly { readonly index: number; readonly fields: FeatureFields }[];
	readonly refused: readonly RefusedFeature[];
}

/**
 * Reads a FeatureCollection, a Feature or a bare geometry (RFC 7946), given as such or as text. A feature's name is its
 * property `name`, else its property `id`, else its `id`; `tags` and `hysteresisMeters` are properties, too. Of several
 * features with one name the first counts.
 * @throws InvalidFieldError when it is no GeoJSON as a whole.
 */
export function readGeoJson(given: unknown): ReadFeatures {
	const good: { index: number; fields: FeatureFields }[] = [];
	const refused: RefusedFeature[] = [];
	const places = new Map<string, number>();
	for (const [index, feature] of featuresIn(given).entries()) {
		try {
			const fields = readFeature(feature);
			const before = places.get(fields.name);
			if (before !== undefined) throw sameName(fields.name, before);
			places.set(fields.name, index);
			good.push({ index, fields });
		} catch (error) {
			if (!(error instanceof FleetError)) throw error;
			refused.push({ index, name: nameOf(feature), reason: error.message, hint: error.hint });
		}
	}
	return { good, refused };
}

function featuresIn(given: unknown): readonly unknown[] {
	const root = parseObject(
		typeof given === 'string' ? parseJsonText(given, 'geojson') : given,
		'geojson',
		EXAMPLE,
	);
	return root.type === 'FeatureCollection'
		? parseList(root.features, 'geojson.features', MAX_FEATURES)
		: [root];
}

const EXAMPLE = '{ "type": "FeatureCollection", "features": [...] }';

function readFeature(given: unknown): FeatureFields {
	const feature = parseObject(
		given,
		'feature',
		'{ "type": "Feature", "geometry": {...}, "properties": {...} }',
	);
	const properties = propertiesOf(feature);
	const isFeature = feature.type === 'Feature';
	if (isFeature && (feature.geometry === null || feature.geometry === undefined)) {
		throw new InvalidFieldError(
			'geometry',
			'The feature has no geometry',
			'Draw its shape, or leave it out.',
		);
	}
	const geometry = isFeature
		? parseObject(feature.geometry, 'geometry', '{ "type": "Polygon", "coordinates": [...] }')
		: feature;
	const shape = parseKnownShape(geometry, isFeature ? properties : feature, 'geometry');
	const { tags, hysteresisMeters } = properties;
	const { name, ...others } = parseGeofenceChanges({
		name: nameOf(feature) ?? undefined,
		tags: tags ?? undefined,
		hysteresisMeters: hysteresisMeters ?? undefined,
	});
	if (name === undefined) throw new InvalidFieldError('name', 'The feature has no name', NAME_HINT);
	return { ...others, name, shape };
}

const NAME_HINT = 'Give it a property `name`: rules refer to the geofence by that.';

/** Null when there is none. */
function nameOf(feature: unknown): string | null {
	if (kindOf(feature) !== 'an object') return null;
	const { id } = feature as JsonObject;
	const properties = new Map(
		Object.entries(propertiesOf(feature as JsonObject)).map(([key, value]) => [key.toLowerCase(), value]),
	);
	for (const name of [properties.get('name'), properties.get('id'), id]) {
		if (typeof name === 'number') return String(name);
		if (typeof name === 'string' && name.trim() !== '') return name.trim();
	}
	return null;
}

function propertiesOf({ properties }: JsonObject): JsonObject {
	return kindOf(properties) === 'an object' ? (properties as JsonObject) : {};
}

function sameName(name: string, before: number): InvalidFieldError {
	return new InvalidFieldError(
		'name',
		`The feature ${before} has the name '${name}' already`,
		'Give each feature a name of its own, or make them one MultiPolygon.',
	);
}
