import type { LonLat } from '../geofence';

/**
 * The points with longitudes that go on beyond 180 degrees where the line crosses the antimeridian, so that it has no
 * jump in it: two points that follow each other are never more than 180 degrees apart. The first point stays.
 */
export function unwrapLine(points: readonly LonLat[]): LonLat[] {
	let turns = 0;
	return points.map(([longitude, latitude], at) => {
		const step = longitude - (points[at - 1]?.[0] ?? longitude);
		if (step > 180) turns -= 1;
		if (step < -180) turns += 1;
		return turns === 0 ? [longitude, latitude] : [longitude + turns * 360, latitude];
	});
}

/** The points moved by whole turns, so that the first one lies no farther than half a turn from `longitude`. */
export function turnTowards(points: readonly LonLat[], longitude: number): LonLat[] {
	const turns = Math.round((longitude - (points[0]?.[0] ?? longitude)) / 360);
	return points.map(([x, y]) => (turns === 0 ? [x, y] : [x + turns * 360, y]));
}
