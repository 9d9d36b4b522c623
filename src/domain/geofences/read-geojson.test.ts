import { readGeoJson } from './read-geojson';

const polygon = {
	type: 'Polygon',
	coordinates: [
		[
			[13.4, 52.5],
			[13.5, 52.5],
			[13.5, 52.6],
			[13.4, 52.5],
		],
	],
};
const point = { type: 'Point', coordinates: [13.4, 52.5] };
const feature = (geometry: unknown, properties: unknown, id?: unknown) => ({
	type: 'Feature',
	geometry,
	properties,
	id,
});
const collection = (...features: unknown[]) => ({ type: 'FeatureCollection', features });

describe('readGeoJson', () => {
	it('reads every kind of geofence, whatever else the features carry', () => {
		const { good, refused } = readGeoJson(
			collection(
				feature(polygon, { name: 'Yard', tags: ['depot'], colour: '#f00' }),
				feature(point, { Name: 'Gate', radius: 30, hysteresisMeters: 5 }),
				feature({ type: 'LineString', coordinates: [[1, 2], [3, 4]] }, { width: 40 }, 'A9'), // prettier-ignore
				feature({ ...polygon, type: 'MultiPolygon', coordinates: [polygon.coordinates] }, { id: 17 }),
			),
		);
		expect(refused).toEqual([]);
		expect(good.map(({ index, fields }) => [index, fields.name, fields.shape.type])).toEqual([
			[0, 'Yard', 'polygon'],
			[1, 'Gate', 'circle'],
			[2, 'A9', 'corridor'],
			[3, '17', 'polygon'],
		]);
		expect(good[0]?.fields.tags).toEqual(['depot']);
		expect(good[1]?.fields.hysteresisMeters).toBe(5);
		expect(good[2]?.fields).not.toHaveProperty('tags');
	});

	it('reads one feature, a bare geometry, and text', () => {
		expect(readGeoJson(feature(polygon, { name: 'Yard' })).good).toHaveLength(1);
		expect(readGeoJson({ ...point, radius: 20, id: 'Gate' }).good[0]?.fields).toMatchObject({
			name: 'Gate',
			shape: { type: 'circle', radiusMeters: 20 },
		});
		expect(readGeoJson(`\uFEFF${JSON.stringify(feature(polygon, { name: 'Yard' }))}`).good).toHaveLength(1);
	});

	it('says of each bad feature what is wrong, and lets the others through', () => {
		const { good, refused } = readGeoJson(
			collection(
				feature(polygon, {}),
				feature(point, { name: 'Gate' }),
				feature(null, { name: 'Nowhere' }),
				'Yard',
				feature(polygon, { name: 'Yard' }),
				feature(polygon, { name: 'Yard' }),
				feature({ type: 'GeometryCollection', geometries: [] }, { name: 'All' }),
				feature(polygon, null, 5),
			),
		);
		expect(good.map(({ index, fields }) => [index, fields.name])).toEqual([
			[4, 'Yard'],
			[7, '5'],
		]);
		expect(refused.map(({ index, name, reason }) => [index, name, reason])).toEqual([
			[0, null, 'The feature has no name'],
			[1, 'Gate', 'geometry.radiusMeters is missing'],
			[2, 'Nowhere', 'The feature has no geometry'],
			[3, null, 'feature is text, not an object'],
			[5, 'Yard', "The feature 4 has the name 'Yard' already"],
			[6, 'All', "'GeometryCollection' in geometry.type is not known"],
		]);
		expect(refused.every(({ hint }) => hint.length > 10)).toBe(true);
	});

	it.each([
		['<kml/>', 'no JSON'],
		['[]', 'a list'],
		[collection(), 'empty'],
		[{ type: 'FeatureCollection' }, 'missing'],
	])('refuses %j as a whole', (given, message) => {
		expect(() => readGeoJson(given)).toThrow(message);
	});
});
