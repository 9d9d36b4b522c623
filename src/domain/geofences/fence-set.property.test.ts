import fc from 'fast-check';

import type { Geofence, GeofenceShape, LonLat } from '../geofence';
import { greatCircleKilometers } from './distance';
import { buildFenceSet } from './fence-set';

const RUNS = 500;
const turn = (longitude: number) => ((((longitude + 180) % 360) + 360) % 360) - 180;

/** Around a few places only, so that geofences and positions meet: a city, the antimeridian, the far north. */
const places: LonLat[] = [
	[13.4, 52.5],
	[180, -17],
	[25, 70],
	[0, 0],
];
const offset = fc.double({ min: -0.3, max: 0.3, noNaN: true });
const place = fc.constantFrom(...places);
const nearTo = ([x, y]: LonLat) =>
	fc.tuple(offset, offset).map(([east, north]): LonLat => [turn(x + east), y + north]);
const near = place.chain(nearTo);

/** A star around a place has no crossings, whatever its radii. */
const ring = (radii: readonly number[], [x, y]: LonLat): LonLat[] => {
	const points = radii.map((radius, at): LonLat => {
		const angle = (2 * Math.PI * at) / radii.length;
		return [turn(x + radius * Math.cos(angle)), y + radius * Math.sin(angle)];
	});
	return [...points, points[0] ?? [0, 0]];
};
const star = fc
	.tuple(near, fc.array(fc.double({ min: 0.02, max: 0.2, noNaN: true }), { minLength: 3, maxLength: 120 }))
	.map(([center, radii]) => [
		ring(radii, center),
		ring(
			radii.map((radius) => radius / 2),
			center,
		),
	]);

const shape = fc.oneof(
	fc
		.record({ center: near, radiusMeters: fc.integer({ min: 1, max: 30_000 }) })
		.map((given): GeofenceShape => ({ type: 'circle', ...given })),
	fc
		.array(star, { minLength: 1, maxLength: 3 })
		.map((polygons): GeofenceShape => ({ type: 'polygon', polygons })),
	fc
		.record({
			line: place.chain((around) => fc.array(nearTo(around), { minLength: 2, maxLength: 40 })),
			radiusMeters: fc.integer({ min: 1, max: 10_000 }),
		})
		.map((given): GeofenceShape => ({ type: 'corridor', ...given })),
);

/** Longitudes seen from `from`, so that nothing is cut in two. */
const seenFrom = (from: number, [x, y]: LonLat): LonLat => [turn(x - from), y];

/** Even-odd rule (Shimrat, 1962), with the position at longitude 0. */
function isInRing(points: readonly LonLat[], latitude: number): boolean {
	let isInside = false;
	for (let at = 1; at < points.length; at++) {
		const [x1, y1] = points[at - 1] ?? [0, 0];
		const [x2, y2] = points[at] ?? [0, 0];
		if (y1 > latitude !== y2 > latitude && 0 < ((x2 - x1) * (latitude - y1)) / (y2 - y1) + x1) {
			isInside = !isInside;
		}
	}
	return isInside;
}

/** Metres from the position at longitude 0 to the segment, in a plane that touches the sphere there. */
function metersToSegment(a: LonLat, b: LonLat, latitude: number): number {
	const scale = Math.cos((latitude * Math.PI) / 180);
	const [ax, ay, bx, by] = [a[0] * scale, a[1] - latitude, b[0] * scale, b[1] - latitude];
	const square = (bx - ax) ** 2 + (by - ay) ** 2;
	const t = square === 0 ? 0 : Math.max(0, Math.min(1, (ax * (ax - bx) + ay * (ay - by)) / square));
	return Math.hypot(ax + t * (bx - ax), ay + t * (by - ay)) * 111_195;
}

/** Null where it is too close to call for two ways to measure: the ellipsoid differs from the sphere by 0.6 %. */
function slowlyInside(fence: GeofenceShape, [longitude, latitude]: LonLat): boolean | null {
	if (fence.type === 'polygon') {
		return fence.polygons.some(([outer = [], hole = []]) => {
			const [around, inner] = [outer, hole].map((points) => points.map((p) => seenFrom(longitude, p)));
			return isInRing(around ?? [], latitude) && !isInRing(inner ?? [], latitude);
		});
	}
	const points = (fence.type === 'circle' ? [fence.center] : fence.line).map((p) => seenFrom(longitude, p));
	const meters =
		fence.type === 'circle'
			? greatCircleKilometers(
					{ longitude: fence.center[0], latitude: fence.center[1] },
					{ longitude, latitude },
				) * 1000
			: Math.min(...points.slice(1).map((b, at) => metersToSegment(points[at] ?? b, b, latitude)));
	if (fence.type === 'corridor' && Math.abs(meters - fence.radiusMeters) < meters * 0.01) return null;
	return meters <= fence.radiusMeters;
}

describe('a fence set', () => {
	const fences = fc.array(shape, { maxLength: 30 }).map((shapes) =>
		shapes.map((one, at): Geofence => ({
			id: at + 1,
			name: `Fence ${at}`,
			tags: [],
			shape: one,
			hysteresisMeters: 0,
			createdAt: 0,
			updatedAt: 0,
		})),
	);

	it('finds what a look at each geofence finds', () => {
		let inside = 0;
		fc.assert(
			fc.property(fences, fc.array(near, { minLength: 1, maxLength: 20 }), (given, positions) => {
				const fenceSet = buildFenceSet(given);
				for (const position of positions) {
					const found = new Set(fenceSet.insideOf(...position));
					inside += found.size;
					for (const { id, shape: one } of given) {
						const isInside = slowlyInside(one, position);
						if (isInside !== null) expect([id, found.has(id)]).toEqual([id, isInside]);
					}
				}
			}),
			{ numRuns: RUNS },
		);
		expect(inside).toBeGreaterThan(RUNS);
	});

	it('is 0 metres outside of just the geofences that it is inside of', () => {
		fc.assert(
			fc.property(fences, near, (given, position) => {
				const fenceSet = buildFenceSet(given);
				const none = given.filter(({ id }) => fenceSet.metersOutside(id, ...position) === 0);
				expect(none.map(({ id }) => id)).toEqual([...fenceSet.insideOf(...position)]);
			}),
			{ numRuns: RUNS },
		);
	});
});
