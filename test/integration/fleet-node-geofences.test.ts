import { byId, byKey, fleetNode } from './fleet-node-lib';

const fleet = fleetNode();
const geofence = { resource: 'geofence' };

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
const feature = (name: string | null, geometry: object = polygon) => ({
	type: 'Feature',
	geometry,
	properties: { name },
});
const fileOf = (content: unknown, fileName: string) => ({
	data: Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)).toString('base64'),
	fileName,
	mimeType: 'application/geo+json',
});
const collection = (...features: unknown[]) => ({ type: 'FeatureCollection', features });

describe('geofences', () => {
	it('are created as circles, one for each item, from texts or numbers', async () => {
		const parameters = {
			...geofence,
			operation: 'create',
			name: '={{ $json.name }}',
			latitude: '={{ $json.lat }}',
			longitude: '13.4',
			additionalFields: { tags: 'depot, south', hysteresisMeters: 5 },
		};
		const made = await fleet.items(parameters, [
			{ name: 'Depot', lat: 52.5 },
			{ name: 'Gate', lat: '52.6' },
		]);
		expect(made.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(made.map(({ json }) => json)).toMatchObject([
			{
				id: 1,
				name: 'Depot',
				tags: ['depot', 'south'],
				hysteresisMeters: 5,
				shape: { type: 'circle', center: [13.4, 52.5], radiusMeters: 200 },
				createdAt: expect.stringMatching(/Z$/),
			},
			{ id: 2, shape: { center: [13.4, 52.6] } },
		]);
	});

	it('are created as polygons and corridors, point by point, and from GeoJSON', async () => {
		const point = [
			{ latitude: '52.5', longitude: '13.4' },
			{ latitude: 52.5, longitude: 13.5 },
			{ latitude: 52.6, longitude: 13.5 },
		];
		const create = { ...geofence, operation: 'create', points: { point } };
		expect(await fleet.json({ ...create, name: 'Yard', shapeType: 'polygon' })).toMatchObject([
			{ shape: { type: 'polygon', polygons: [polygon.coordinates] } },
		]);
		expect(
			await fleet.json({ ...create, name: 'Road', shapeType: 'corridor', distanceMeters: 30 }),
		).toMatchObject([
			{ shape: { type: 'corridor', line: polygon.coordinates[0]?.slice(0, 3), radiusMeters: 30 } },
		]);
		const geojson = JSON.stringify(collection(feature('ignored')));
		expect(await fleet.json({ ...create, name: 'Map', shapeType: 'geojson', geojson })).toMatchObject([
			{ name: 'Map', shape: { type: 'polygon' } },
		]);
	});

	it('are created or updated by their name, and changed with and without the shape', async () => {
		const upsert = { ...geofence, operation: 'upsert', name: 'Gate', latitude: '52.7', longitude: '13.4' };
		expect(await fleet.json(upsert)).toMatchObject([
			{ id: 2, created: false, tags: ['depot', 'south'], shape: { center: [13.4, 52.7] } },
		]);
		const update = { ...geofence, operation: 'update', geofence: byKey('Gate') };
		expect(await fleet.json({ ...update, updateFields: { tags: '', name: 'Main gate' } })).toMatchObject([
			{ id: 2, name: 'Main gate', tags: [], shape: { center: [13.4, 52.7] } },
		]);
		const circle = { shapeType: 'circle', latitude: '52.8', longitude: '13.4', radiusMeters: 50 };
		expect(await fleet.json({ ...update, geofence: byId(2), ...circle })).toMatchObject([
			{ name: 'Main gate', shape: { center: [13.4, 52.8], radiusMeters: 50 } },
		]);
	});

	it('are listed and searched, also by tag, and offered to locators and rules', async () => {
		const list = { ...geofence, operation: 'getAll' };
		expect(await fleet.json({ ...list, returnAll: true })).toHaveLength(5);
		expect(await fleet.json({ ...list, filters: { search: 'main' } })).toMatchObject([{ id: 2 }]);
		const tag = { __rl: true, mode: 'list', value: 'depot' };
		expect(await fleet.json({ ...list, filters: { tag } })).toMatchObject([{ id: 1 }]);
		expect(await fleet.json({ ...list, filters: { tag: 'nowhere' } })).toEqual([]);
		expect(await fleet.search('searchGeofenceRecords', 'depot')).toEqual({
			results: [{ name: 'Depot (depot, south)', value: 1 }],
		});
		expect(await fleet.search('searchGeofences', 'DEP')).toEqual({
			results: [{ name: 'Depot', value: 'Depot' }],
		});
		expect(await fleet.search('searchGeofenceTags')).toEqual({
			results: [
				{ name: 'depot (1 geofence)', value: 'depot' },
				{ name: 'south (1 geofence)', value: 'south' },
			],
		});
	});

	it('are imported from an object: an item for each feature, counts as a hint', async () => {
		const geojson = JSON.stringify(
			collection(
				feature('Yard'),
				feature('New'),
				feature(null),
				feature('Spot', { type: 'Point', coordinates: [1, 2] }),
			),
		);
		const parameters = { ...geofence, operation: 'import', source: 'json', geojson };
		const { outputs, hints } = await fleet.run({ parameters });
		expect(outputs[0]?.map(({ json }) => json)).toMatchObject([
			{ index: 0, outcome: 'unchanged', name: 'Yard' },
			{ index: 1, outcome: 'created', name: 'New' },
			{ index: 2, outcome: 'refused', name: null, reason: 'The feature has no name' },
			{ index: 3, outcome: 'refused', name: 'Spot', hint: expect.stringContaining('radius') },
		]);
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(Array(4).fill({ item: 0 }));
		expect(hints).toMatchObject([
			{ message: '1 created, 0 updated, 1 unchanged, 2 refused', type: 'warning' },
		]);
	});

	it('are imported from files, of which a bad one stops none of the others', async () => {
		const parameters = { ...geofence, operation: 'import' };
		const bad = fileOf('<kml/>', 'old.kml');
		const binary = { one: bad, two: fileOf(collection(feature('Harbour')), 'sites.geojson') };
		const both = await fleet.run({
			parameters,
			items: [{ json: {}, binary }],
			helpers: binaryHelpers(binary),
		});
		expect(both.outputs[0]?.map(({ json }) => json)).toMatchObject([
			{ fileName: 'old.kml', outcome: 'refused', reason: expect.stringContaining('no JSON') },
			{ fileName: 'sites.geojson', outcome: 'created', name: 'Harbour' },
		]);
		const alone = { json: {}, binary: { one: bad } };
		await expect(
			fleet.run({ parameters, items: [alone], helpers: binaryHelpers({ one: bad }) }),
		).rejects.toThrow(/no JSON.*\[item 0\]/);
	});

	it('are found around a position', async () => {
		const locate = { ...geofence, operation: 'locate', locateBy: 'coordinates', longitude: '13.4' };
		expect(await fleet.json({ ...locate, latitude: '52.5001' })).toMatchObject([
			{
				latitude: 52.5001,
				longitude: 13.4,
				isInside: true,
				geofences: [{ id: 1, name: 'Depot' }, { name: 'Road' }],
			},
		]);
		expect(await fleet.json({ ...locate, latitude: '10' })).toMatchObject([
			{ isInside: false, geofences: [] },
		]);
		await fleet.json({ resource: 'vehicle', operation: 'create', plate: 'B FL 1' });
		const ofVehicle = { ...geofence, operation: 'locate', vehicle: byKey('B FL 1') };
		await expect(fleet.json(ofVehicle)).rejects.toThrow('has not reported a position yet [item 0]');
	});

	it('are deleted, and a failing item stops none of the others', async () => {
		const parameters = { ...geofence, operation: 'delete', geofence: '={{ $json.name }}' };
		const items = [{ name: 'Map' }, { name: 'Nowhere' }, { name: 'Road' }];
		const { outputs } = await fleet.run({ parameters, items, continueOnFail: true });
		expect(outputs[0]).toMatchObject([
			{ json: { deleted: true }, pairedItem: { item: 0 } },
			{ json: { error: "There is no geofence 'Nowhere'" }, pairedItem: { item: 1 } },
			{ json: { deleted: true }, pairedItem: { item: 2 } },
		]);
	});

	it('say what is wrong with a shape', async () => {
		const create = { ...geofence, operation: 'create', name: 'Wrong' };
		await expect(fleet.json({ ...create, latitude: '152', longitude: '13' })).rejects.toMatchObject({
			message: 'shape.center is [13, 152], which is nowhere on Earth [item 0]',
			description: 'The longitude comes first: did you mean [152, 13]?',
		});
		await expect(fleet.json({ ...create, latitude: '', longitude: 'east' })).rejects.toThrow(
			"shape.center is ['east', ''], not a point",
		);
		await expect(fleet.json({ ...create, shapeType: 'square' })).rejects.toThrow("no kind of shape 'square'");
	});
});

function binaryHelpers(binary: Readonly<Record<string, object>>): object {
	return { assertBinaryData: (_: number, field: string) => binary[field] };
}
