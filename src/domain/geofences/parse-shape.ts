import { InvalidFieldError } from '../errors';
import type { GeofenceShape, LonLat } from '../geofence';
import { type JsonObject, parseObject, parseWord, pathTo, shown } from '../rules/parse-object';
import { parseJsonText } from './json-text';
import { checkPointCount, parseLine, parsePoint, parseRing } from './parse-points';

const SHAPE_TYPES = [
	'circle',
	'polygon',
	'corridor',
	'Point',
	'Polygon',
	'MultiPolygon',
	'LineString',
] as const;
const EXAMPLE = '{ "type": "circle", "center": [13.405, 52.52], "radiusMeters": 200 }';
const POLYGON_EXAMPLE = '[[[13.40, 52.52], [13.41, 52.52], [13.41, 52.53], [13.40, 52.52]]]';

const MAX_CIRCLE_METERS = 1_000_000;
const MAX_CORRIDOR_METERS = 100_000;

/**
 * A shape as it is stored, or a GeoJSON geometry (RFC 7946) of the type Point, Polygon, MultiPolygon or LineString, or
 * a GeoJSON Feature with one, alone or in a FeatureCollection; or the text of one of these. `radiusMeters` or `radius`
 * of a Point and of a LineString, or the LineString's full `width`, are metres; they stand in the geometry, or in the
 * Feature's properties.
 * @throws InvalidFieldError
 */
export function parseShape(value: unknown, field: string): GeofenceShape {
	const parsed = typeof value === 'string' ? parseJsonText(value, field) : value;
	const given = onlyFeature(parseObject(parsed, field, EXAMPLE), field);
	if (given.type === 'Feature') {
		const path = pathTo(field, 'geometry');
		const geometry = parseObject(given.geometry, path, '{ "type": "Polygon", "coordinates": [...] }');
		return parseKnownShape(geometry, isObject(given.properties) ? given.properties : {}, path);
	}
	return parseKnownShape(given, given, field);
}

/** What programs for drawing save is a collection, even of one shape. */
function onlyFeature(given: JsonObject, field: string): JsonObject {
	if (given.type !== 'FeatureCollection') return given;
	const features: readonly unknown[] = Array.isArray(given.features) ? given.features : [];
	const [feature] = features;
	if (features.length === 1 && isObject(feature)) return feature;
	throw new InvalidFieldError(
		pathTo(field, 'features'),
		`${field} is a collection of ${features.length} features, and a geofence has one shape`,
		'Give one feature, or take all of them as geofences of their own with "Import GeoJSON".',
	);
}

/** `sizes` has the radius or width, which GeoJSON's geometries have no place for. */
export function parseKnownShape(given: JsonObject, sizes: JsonObject, field: string): GeofenceShape {
	const at = (name: string) => pathTo(field, name);
	const type = parseWord(given.type, SHAPE_TYPES, at('type'), otherType);
	switch (type) {
		case 'circle':
			return circle(parsePoint(given.center, at('center')), sizes, field);
		case 'Point':
			return circle(parsePoint(given.coordinates, at('coordinates')), sizes, field);
		case 'corridor':
			return corridor(parseLine(given.line, at('line')), sizes, field);
		case 'LineString':
			return corridor(parseLine(given.coordinates, at('coordinates')), sizes, field);
		case 'polygon':
			return polygon(given.polygons, at('polygons'));
		case 'MultiPolygon':
			return polygon(given.coordinates, at('coordinates'));
		case 'Polygon':
			return polygon([given.coordinates], at('coordinates'));
	}
}

function circle(center: LonLat, sizes: JsonObject, field: string): GeofenceShape {
	return { type: 'circle', center, radiusMeters: radiusIn(sizes, field, MAX_CIRCLE_METERS) };
}

function corridor(line: readonly LonLat[], sizes: JsonObject, field: string): GeofenceShape {
	const radius = sizes.radiusMeters ?? sizes.radius;
	const hasWidth = isGiven(sizes.width) && !isGiven(radius);
	const width = hasWidth ? metersIn(sizes.width, pathTo(field, 'width'), 2 * MAX_CORRIDOR_METERS) : 0;
	const radiusMeters = hasWidth ? width / 2 : radiusIn(sizes, field, MAX_CORRIDOR_METERS);
	return { type: 'corridor', line, radiusMeters };
}

function polygon(value: unknown, field: string): GeofenceShape {
	const polygons = listIn(value, field).map((rings, at) => {
		const path = `${field}[${at}]`;
		return listIn(rings, path).map((ring, place) => parseRing(ring, `${path}[${place}]`));
	});
	checkPointCount(polygons.flat(2).length, field);
	return { type: 'polygon', polygons };
}

function listIn(value: unknown, field: string): readonly unknown[] {
	if (Array.isArray(value) && value.length > 0) return value;
	throw new InvalidFieldError(
		field,
		`${field} is not a list of ${field.endsWith(']') ? 'rings' : 'polygons'}`,
		`A polygon is a list of rings, the outer one and then its holes, e.g. ${POLYGON_EXAMPLE}.`,
	);
}

function radiusIn(sizes: JsonObject, field: string, max: number): number {
	return metersIn(sizes.radiusMeters ?? sizes.radius, pathTo(field, 'radiusMeters'), max);
}

/** Text is taken, too: many programs write a feature's properties as text only. */
function metersIn(value: unknown, field: string, max: number): number {
	const meters = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof meters === 'number' && meters > 0 && meters <= max) return meters;
	const isMissing = !isGiven(value);
	throw new InvalidFieldError(
		field,
		isMissing ? `${field} is missing` : `${shown(value)} in ${field} is not a number above 0, up to ${max}`,
		isMissing
			? 'Circles and corridors need a radius in metres; in GeoJSON it is the property `radius`.'
			: 'Give metres, e.g. 200.',
	);
}

function isGiven(value: unknown): boolean {
	return value !== undefined && value !== null && value !== '';
}

function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What people call the shapes, and GeoJSON types that are nearest to what they may have meant. */
function otherType(given: string): (typeof SHAPE_TYPES)[number] | null {
	const others: Readonly<Record<string, (typeof SHAPE_TYPES)[number]>> = {
		line: 'corridor',
		linestring: 'LineString',
		multilinestring: 'LineString',
		route: 'corridor',
		point: 'Point',
		multipoint: 'Point',
		rectangle: 'polygon',
		multipolygon: 'MultiPolygon',
		geometrycollection: 'MultiPolygon',
	};
	return others[given.toLowerCase()] ?? null;
}
