import type { Geofence, GeofenceShape, LonLat } from '../geofence';
import { buildFenceSet } from './fence-set';

const fence = (id: number, shape: GeofenceShape, name = `Fence ${id}`, tags: string[] = []): Geofence => ({
	id,
	name,
	tags,
	shape,
	hysteresisMeters: 20,
	createdAt: 0,
	updatedAt: 0,
});

const square = (west: number, south: number, east: number, north: number): LonLat[] => [
	[west, south],
	[east, south],
	[east, north],
	[west, north],
	[west, south],
];

const circle = (center: LonLat, radiusMeters: number): GeofenceShape => ({
	type: 'circle',
	center,
	radiusMeters,
});
const polygon = (...polygons: LonLat[][][]): GeofenceShape => ({ type: 'polygon', polygons });
const corridor = (line: LonLat[], radiusMeters: number): GeofenceShape => ({
	type: 'corridor',
	line,
	radiusMeters,
});

const isInside = (shape: GeofenceShape, [longitude, latitude]: LonLat) =>
	buildFenceSet([fence(1, shape)]).insideOf(longitude, latitude).length === 1;
const metersOutside = (shape: GeofenceShape, [longitude, latitude]: LonLat) =>
	buildFenceSet([fence(1, shape)]).metersOutside(1, longitude, latitude);

describe('buildFenceSet', () => {
	it('finds nothing without geofences', () => {
		const fences = buildFenceSet([]);
		expect(fences.insideOf(13, 52)).toEqual([]);
		expect(fences.metersOutside(1, 13, 52)).toBe(Infinity);
		expect(fences.idsOf({ geofence: 'Depot' })).toEqual([]);
	});

	it('finds all that contain a position, in the order of their ids', () => {
		const around = [
			circle([13, 52], 1000),
			polygon([square(12.9, 51.9, 13.1, 52.1)]),
			circle([14, 52], 1000),
		];
		const fences = buildFenceSet(around.map((shape, at) => fence(30 - at, shape)));
		expect(fences.insideOf(13, 52)).toEqual([29, 30]);
		expect(fences.insideOf(14, 52)).toEqual([28]);
		expect(fences.insideOf(15, 52)).toEqual([]);
	});

	it('knows geofences by name and by tag', () => {
		const shape = circle([13, 52], 1000);
		const fences = buildFenceSet([
			fence(7, shape, 'Yard', ['depot', 'fuel', 'depot']),
			fence(3, shape, 'Gate', ['depot']),
		]);
		expect(fences.idsOf({ geofence: 'Yard' })).toEqual([7]);
		expect(fences.idsOf({ geofence: 'depot' })).toEqual([]);
		expect(fences.idsOf({ tag: 'depot' })).toEqual([3, 7]);
		expect(fences.idsOf({ tag: 'fuel' })).toEqual([7]);
		expect(fences.idsOf({ tag: 'Yard' })).toEqual([]);
		expect(fences.hysteresisMeters(7)).toBe(20);
		expect(fences.hysteresisMeters(8)).toBe(0);
	});

	it('measures a circle along the great circle', () => {
		const shape = circle([13, 60], 1000);
		// 1 km are 0.008993 degrees of latitude, and twice as many of longitude at 60 degrees.
		expect(isInside(shape, [13, 60.00899])).toBe(true);
		expect(isInside(shape, [13, 60.009])).toBe(false);
		expect(isInside(shape, [13.01798, 60])).toBe(true);
		expect(isInside(shape, [13.018, 60])).toBe(false);
		expect(metersOutside(shape, [13, 60.01])).toBeCloseTo(111.95, 1);
		expect(metersOutside(shape, [13, 60])).toBe(0);
	});

	it('leaves out the holes of a polygon, but not their border', () => {
		const shape = polygon([square(0, 0, 1, 1), square(0.4, 0.4, 0.6, 0.6)]);
		expect(isInside(shape, [0.2, 0.2])).toBe(true);
		expect(isInside(shape, [0.5, 0.5])).toBe(false);
		expect(isInside(shape, [0.4, 0.5])).toBe(true);
		expect(isInside(shape, [1, 0.5])).toBe(true);
		expect(isInside(shape, [0, 0])).toBe(true);
		expect(isInside(shape, [1.0001, 0.5])).toBe(false);
		expect(metersOutside(shape, [0.5, 0.59])).toBeCloseTo(1105.7, 0);
		expect(metersOutside(shape, [0.2, 0.2])).toBe(0);
	});

	it('takes several polygons as one geofence', () => {
		const shape = polygon([square(0, 0, 1, 1)], [square(2, 0, 3, 1)]);
		expect([0.5, 1.5, 2.5].map((x) => isInside(shape, [x, 0.5]))).toEqual([true, false, true]);
		expect(metersOutside(shape, [1.99, 0.5])).toBeCloseTo(1113.2, 0);
	});

	it('follows a corridor along its line, round at its ends', () => {
		const line: LonLat[] = Array.from({ length: 40 }, (_, at) => [10 + at * 0.01, 50 + (at % 2) * 0.01]);
		const shape = corridor(line, 100);
		expect(isInside(shape, [10.005, 50.005])).toBe(true);
		expect(isInside(shape, [10.3, 50])).toBe(true);
		expect(isInside(shape, [9.9987, 50])).toBe(true);
		expect(isInside(shape, [9.9985, 50])).toBe(false);
		expect(isInside(shape, [10.005, 50.02])).toBe(false);
		expect(metersOutside(shape, [9.99, 50])).toBeCloseTo(616.9, 0);
	});

	describe('over the antimeridian', () => {
		const near: LonLat[] = [
			[179.9, 0],
			[-179.9, 0],
			[180, 0],
			[-180, 0],
		];
		const far: LonLat[] = [
			[179, 0],
			[-179, 0],
			[0, 0],
		];
		it.each([
			['a circle', circle([179.95, 0], 20_000)],
			['a circle beyond', circle([-179.95, 0], 20_000)],
			['a polygon', polygon([square(179.5, -1, -179.5, 1)])],
			['a polygon in two parts', polygon([square(179.5, -1, 180, 1)], [square(-180, -1, -179.5, 1)])],
			['a corridor', corridor([[179.8, 0], [-179.8, 0]], 1000)], // prettier-ignore
		])('finds %s on both sides', (_, shape) => {
			expect(near.map((position) => isInside(shape, position))).toEqual([true, true, true, true]);
			expect(far.map((position) => isInside(shape, position))).toEqual([false, false, false]);
			expect(near.map((position) => metersOutside(shape, position))).toEqual([0, 0, 0, 0]);
			expect(metersOutside(shape, [-179.4, 0])).toBeLessThan(60_000);
			expect(metersOutside(shape, [179.4, 0])).toBeLessThan(60_000);
		});

		it('leaves out the hole that lies beyond', () => {
			const shape = polygon([square(179, -1, -179, 1), square(-179.6, -0.2, -179.4, 0.2)]);
			expect(isInside(shape, [-179.5, 0])).toBe(false);
			expect(isInside(shape, [-179.3, 0])).toBe(true);
			expect(isInside(shape, [179.5, 0])).toBe(true);
		});
	});

	it('finds a circle over a pole from every side', () => {
		const shape = circle([0, 89.95], 20_000);
		expect([0, 90, 180, -90].map((x) => isInside(shape, [x, 89.9]))).toEqual([true, true, true, true]);
		expect(isInside(shape, [180, 89.8])).toBe(false);
	});
});
