import type { Geofence, LonLat } from '../../geofence';
import type { Position } from '../../status';

const EARTH_METERS = 6_371_008.8;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Great circle; https://en.wikipedia.org/wiki/Haversine_formula */
export function metersBetween(from: Position, to: Position): number {
	const [lat1, lat2] = [radians(from.latitude), radians(to.latitude)];
	const sinLat = Math.sin((lat2 - lat1) / 2);
	const sinLon = Math.sin(radians(to.longitude - from.longitude) / 2);
	const h = sinLat * sinLat + Math.cos(lat1) * Math.cos(lat2) * sinLon * sinLon;
	return 2 * EARTH_METERS * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Metres from the shape's edge: negative inside. For shapes of a few kilometres. */
export function metersOutside({ shape }: Geofence, position: Position): number {
	if (shape.type === 'circle') {
		const [longitude, latitude] = shape.center;
		return metersBetween({ longitude, latitude }, position) - shape.radiusMeters;
	}
	if (shape.type === 'corridor') return metersFromLine(shape.line, position) - shape.radiusMeters;
	const distances = shape.polygons.flat().map((ring) => metersFromLine(ring, position));
	const isInside = shape.polygons.some(
		([outer = [], ...holes]) => isInRing(outer, position) && !holes.some((hole) => isInRing(hole, position)),
	);
	return isInside ? -Math.min(...distances) : Math.min(...distances);
}

/** Crossings of a ray to the east: odd inside. */
function isInRing(ring: readonly LonLat[], { longitude, latitude }: Position): boolean {
	let isInside = false;
	for (const [[lon1, lat1], [lon2, lat2]] of segmentsOf(ring)) {
		if (lat1 > latitude === lat2 > latitude) continue;
		if (longitude < lon1 + ((latitude - lat1) / (lat2 - lat1)) * (lon2 - lon1)) isInside = !isInside;
	}
	return isInside;
}

/** On a plane that touches the earth at the position. */
function metersFromLine(line: readonly LonLat[], { longitude, latitude }: Position): number {
	const toPlane = ([lon, lat]: LonLat): readonly [number, number] => [
		EARTH_METERS * radians(lon - longitude) * Math.cos(radians(latitude)),
		EARTH_METERS * radians(lat - latitude),
	];
	const distances = segmentsOf(line).map(([from, to]) => {
		const [[x1, y1], [x2, y2]] = [toPlane(from), toPlane(to)];
		const [dx, dy] = [x2 - x1, y2 - y1];
		const along = dx === 0 && dy === 0 ? 0 : -(x1 * dx + y1 * dy) / (dx * dx + dy * dy);
		const nearest = Math.min(1, Math.max(0, along));
		return Math.hypot(x1 + nearest * dx, y1 + nearest * dy);
	});
	return Math.min(...distances);
}

function segmentsOf(line: readonly LonLat[]): (readonly [LonLat, LonLat])[] {
	return line.flatMap((point, index) => {
		const next = line[index + 1];
		return next === undefined ? [] : [[point, next] as const];
	});
}
