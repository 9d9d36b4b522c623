import CheapRuler from 'cheap-ruler';

import type { LonLat } from '../geofence';
import { EARTH_RADIUS_KILOMETERS } from './distance';

/** Degrees; `west` and `east` may lie beyond 180 where the box crosses the antimeridian. */
export interface Box {
	readonly west: number;
	readonly south: number;
	readonly east: number;
	readonly north: number;
}

const DEGREES = 180 / Math.PI;
/** Boxes only have to hold all that may be inside: a hair more makes up for rounding. */
const MARGIN_DEGREES = 1e-9;

export function boxAround(points: readonly LonLat[]): Box {
	let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
	for (const [x, y] of points) {
		west = Math.min(west, x);
		east = Math.max(east, x);
		south = Math.min(south, y);
		north = Math.max(north, y);
	}
	return { west, south, east, north };
}

/**
 * Holds the spherical cap of this radius. Its widest longitudes lie nearer to the pole than its centre (Bronshtein,
 * spherical right triangles); a cap with the pole in it touches them all.
 */
export function boxAroundCircle([x, y]: LonLat, radiusMeters: number): Box {
	const radius = radiusMeters / 1000 / EARTH_RADIUS_KILOMETERS;
	const high = radius * DEGREES + MARGIN_DEGREES;
	const holdsPole = Math.abs(y) + high >= 90;
	const wide = holdsPole
		? 180
		: Math.asin(Math.sin(radius) / Math.cos(y / DEGREES)) * DEGREES + MARGIN_DEGREES;
	return { west: x - wide, south: y - high, east: x + wide, north: y + high };
}

/** Holds whatever lies within so many metres of the box, as a ruler at the latitude of each place there measures. */
export function padBox(box: Box, meters: number): Box {
	// A degree of latitude is shortest at the equator.
	const high = meters / new CheapRuler(0, 'meters').ky + MARGIN_DEGREES;
	const farthest = Math.max(Math.abs(box.south), Math.abs(box.north)) + high;
	const wide =
		farthest >= 90 ? 180 : Math.min(180, meters / new CheapRuler(farthest, 'meters').kx) + MARGIN_DEGREES;
	return {
		west: box.west - wide,
		south: box.south - high,
		east: box.east + wide,
		north: box.north + high,
	};
}
