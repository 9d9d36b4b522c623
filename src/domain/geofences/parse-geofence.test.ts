import { InvalidFieldError } from '../errors';
import { parseGeofenceChanges, parseGeofenceFields } from './parse-geofence';

const CIRCLE = { type: 'circle', center: [13.4, 52.5], radiusMeters: 200 };
const RING = [
	[13.4, 52.5],
	[13.5, 52.5],
	[13.5, 52.6],
	[13.4, 52.5],
];
const shapeOf = (shape: unknown) => parseGeofenceFields({ name: 'Depot', shape }).shape;

function refusal(shape: unknown): InvalidFieldError {
	try {
		shapeOf(shape);
	} catch (error) {
		if (error instanceof InvalidFieldError) return error;
		throw error;
	}
	throw new Error('It was taken');
}

describe('parseGeofenceFields', () => {
	it('fills in what is left out', () => {
		expect(parseGeofenceFields({ name: ' Depot ', shape: CIRCLE })).toEqual({
			name: 'Depot',
			tags: [],
			shape: CIRCLE,
			hysteresisMeters: 20,
		});
	});

	it('takes tags as a list or as one text, each once', () => {
		expect(parseGeofenceChanges({ tags: ['depot', ' fuel ', 'depot', ''] })).toEqual({
			tags: ['depot', 'fuel'],
		});
		expect(parseGeofenceChanges({ tags: 'depot, fuel,' })).toEqual({ tags: ['depot', 'fuel'] });
		expect(parseGeofenceChanges({ tags: null, hysteresisMeters: 0 })).toEqual({
			tags: [],
			hysteresisMeters: 0,
		});
	});

	it('takes what it gave before', () => {
		const polygon = parseGeofenceFields({ name: 'Yard', shape: { type: 'Polygon', coordinates: [RING] } });
		expect(parseGeofenceFields({ ...polygon })).toEqual(polygon);
	});

	it.each([
		[{}, 'name', 'has no name'],
		[{ name: 'Depot' }, 'shape', 'no shape'],
		[{ name: 'Depot', shape: CIRCLE, hysteresisMeters: -1 }, 'hysteresisMeters', '-1'],
		[{ name: 'Depot', shape: CIRCLE, hysteresisMeters: 'wide' }, 'hysteresisMeters', "'wide'"],
		[{ name: 'Depot', shape: CIRCLE, tags: 5 }, 'tags', 'a number'],
		[{ name: 'Depot', shape: CIRCLE, radius: 5 }, 'radius', "no field 'radius'"],
	])('refuses %j', (input, field, message) => {
		expect(() => parseGeofenceFields(input)).toThrow(
			expect.objectContaining({ field, message: expect.stringContaining(message) as string }),
		);
	});
});

describe('a shape', () => {
	it.each([
		['a Point', { type: 'Point', coordinates: [13.4, 52.5, 34], radius: '200' }],
		['a Feature', { type: 'Feature', geometry: { type: 'Point', coordinates: [13.4, 52.5] }, properties: { radius: 200 } }], // prettier-ignore
	])('is a circle when it is %s with a radius', (_, given) => {
		expect(shapeOf(given)).toEqual(CIRCLE);
	});

	it.each([{ radius: 25 }, { radiusMeters: 25 }, { width: 50 }])(
		'is a corridor when it is a LineString with %j',
		(size) => {
			const line = [RING[0], RING[1]];
			expect(shapeOf({ type: 'LineString', coordinates: line, ...size })).toEqual({
				type: 'corridor',
				line,
				radiusMeters: 25,
			});
		},
	);

	it('is a polygon, whose rings are closed and without points twice', () => {
		const open = [RING[0], RING[0], RING[1], RING[2]];
		const expected = { type: 'polygon', polygons: [[RING]] };
		expect(shapeOf({ type: 'Polygon', coordinates: [open] })).toEqual(expected);
		expect(shapeOf({ type: 'MultiPolygon', coordinates: [[RING]] })).toEqual(expected);
		expect(shapeOf({ type: 'polygon', polygons: [[open]] })).toEqual(expected);
	});

	it('is the one in a collection, and may be given as text', () => {
		const feature = { type: 'Feature', properties: null, geometry: { type: 'Polygon', coordinates: [RING] } };
		const collection = { type: 'FeatureCollection', features: [feature] };
		expect(shapeOf(JSON.stringify(collection))).toEqual({ type: 'polygon', polygons: [[RING]] });
		expect(refusal({ ...collection, features: [feature, feature] }).hint).toContain('Import GeoJSON');
		expect(refusal('{').message).toContain('no JSON');
	});

	it('may cross the antimeridian', () => {
		const ring = [
			[179, 0],
			[-179, 0],
			[-179, 1],
			[179, 1],
			[179, 0],
		];
		expect(shapeOf({ type: 'Polygon', coordinates: [ring] })).toEqual({
			type: 'polygon',
			polygons: [[ring]],
		});
	});

	it.each([
		['swapped coordinates', { ...CIRCLE, center: [52.5, 113.4] }, 'shape.center', '[113.4, 52.5]'],
		['coordinates of another projection', { ...CIRCLE, center: [1492237, 6894700] }, 'shape.center', 'projection'],
		['text for a point', { ...CIRCLE, center: '13.4, 52.5' }, 'shape.center', '[13.405, 52.52]'],
		['no radius', { ...CIRCLE, radiusMeters: undefined }, 'shape.radiusMeters', 'radius in metres'],
		['a radius of 0', { ...CIRCLE, radiusMeters: 0 }, 'shape.radiusMeters', 'e.g. 200'],
		['a radius as wide as a continent', { ...CIRCLE, radiusMeters: 2e6 }, 'shape.radiusMeters', 'e.g. 200'],
		['a corridor of a point', { type: 'corridor', line: [RING[0], RING[0]], radiusMeters: 5 }, 'shape.line', '2 different'],
		['an unknown type', { type: 'rectangle' }, 'shape.type', "'polygon'"],
		['several lines', { type: 'MultiLineString' }, 'shape.type', "'LineString'"],
		['two corners', { type: 'Polygon', coordinates: [[RING[0], RING[1], RING[0]]] }, 'shape.coordinates[0][0]', '3 corners'],
		['corners on a line', { type: 'Polygon', coordinates: [[[0, 0], [1, 1], [2, 2]]] }, 'shape.coordinates[0][0]', 'corridor'],
		['a bow-tie', { type: 'Polygon', coordinates: [[[0, 0], [1, 1], [1, 0], [0, 1]]] }, 'shape.coordinates[0][0]', 'in order'],
		['a way round a pole', { type: 'Polygon', coordinates: [[[0, 80], [120, 80], [-120, 80]]] }, 'shape.coordinates[0][0]', 'circle'],
		['half the globe', { type: 'LineString', coordinates: [[-90, 0], [90, 0]] }, 'shape.coordinates', 'between them'],
		['a ring too few', { type: 'Polygon', coordinates: RING }, 'shape.coordinates[0][0][0]', '[longitude, latitude]'],
		['too many points', { type: 'Polygon', coordinates: [Array.from({ length: 10_001 }, (_, at) => [0, at / 1e6])] }, 'shape.coordinates[0][0]', 'Simplify'],
	])('is refused with %s', (_, shape, field, hint) => {
		expect(refusal(shape)).toMatchObject({ field, hint: expect.stringContaining(hint) as string });
	}); // prettier-ignore

	it('names the sides that cross', () => {
		const ring = [[0, 0], [1, 1], [1, 0], [0, 1]]; // prettier-ignore
		expect(refusal({ type: 'polygon', polygons: [[ring]] }).message).toContain(
			'from point 1 and the one from point 3',
		);
	});

	it('takes a ring of 10,000 points in no time', () => {
		const ring = Array.from({ length: 9_999 }, (_, at) => {
			const angle = (2 * Math.PI * at) / 9_999;
			return [13 + Math.cos(angle), 52 + Math.sin(angle)];
		});
		const begin = performance.now();
		expect(shapeOf({ type: 'Polygon', coordinates: [ring] })).toMatchObject({ type: 'polygon' });
		expect(performance.now() - begin).toBeLessThan(2_000);
	});
});
