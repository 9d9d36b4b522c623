import CheapRuler from 'cheap-ruler';
import pointInPolygon from 'point-in-polygon-hao';

import type { GeofenceShape, LonLat } from '../geofence';
import { type Box, boxAround, boxAroundCircle, padBox } from './box';
import { greatCircleKilometers } from './distance';
import { LatitudeBands } from './latitude-bands';
import { turnTowards, unwrapLine } from './unwrap-line';

/**
 * A piece of a geofence. Longitudes continue those of its box: beyond 180 where it crosses the antimeridian. `contains`
 * counts the border as inside.
 */
export interface Area {
	readonly box: Box;
	contains(longitude: number, latitude: number): boolean;
	/** 0 inside. */
	metersOutside(longitude: number, latitude: number): number;
}

/** Longitude and latitude of each point in turn. */
type FlatLine = Float64Array;

/** So short that a long corridor's index entries are small, and a position is measured against few of its segments. */
const SEGMENTS_PER_AREA = 16;

/** Inside is what is inside any of them. */
export function areasOf(shape: GeofenceShape): Area[] {
	switch (shape.type) {
		case 'circle':
			return [circle(shape.center, shape.radiusMeters)];
		case 'polygon':
			return shape.polygons.map(polygon);
		case 'corridor':
			return corridor(unwrapLine(shape.line), shape.radiusMeters);
	}
}

function circle(center: LonLat, radiusMeters: number): Area {
	const middle = { longitude: center[0], latitude: center[1] };
	const metersOutside = (longitude: number, latitude: number) =>
		Math.max(0, greatCircleKilometers(middle, { longitude, latitude }) * 1000 - radiusMeters);
	return {
		box: boxAroundCircle(center, radiusMeters),
		contains: (longitude, latitude) => metersOutside(longitude, latitude) === 0,
		metersOutside,
	};
}

function polygon(rings: readonly (readonly LonLat[])[]): Area {
	const outer = unwrapLine(rings[0] ?? []);
	const box = boxAround(outer);
	let borders: PolygonBorders | null = null;
	// Only once a vehicle comes near: after each change of a geofence all areas are made anew.
	const bordersHere = () => (borders ??= bordersOf(outer, rings.slice(1), box));
	// 0 says that the point is on the border.
	const contains = (longitude: number, latitude: number) =>
		pointInPolygon([longitude, latitude], bordersHere().bands.at(latitude)) !== false;
	return {
		box,
		contains,
		metersOutside: (longitude, latitude) =>
			contains(longitude, latitude)
				? 0
				: Math.min(...bordersHere().lines.map((line) => metersToLine(line, longitude, latitude))),
	};
}

interface PolygonBorders {
	readonly lines: readonly FlatLine[];
	readonly bands: LatitudeBands;
}

function bordersOf(
	outer: LonLat[],
	holes: readonly (readonly LonLat[])[],
	{ south, north }: Box,
): PolygonBorders {
	const moved = holes.map((ring) => turnTowards(unwrapLine(ring), middleOf(outer)));
	const rings = [outer, ...moved].map((ring) => ring.map(([x, y]) => [x, y]));
	return {
		lines: rings.map((ring) => Float64Array.from(ring.flat())),
		bands: new LatitudeBands(rings, south, north),
	};
}

function middleOf(points: readonly LonLat[]): number {
	const { west, east } = boxAround(points);
	return (west + east) / 2;
}

function corridor(line: readonly LonLat[], radiusMeters: number): Area[] {
	const pieces = Math.ceil((line.length - 1) / SEGMENTS_PER_AREA);
	return Array.from({ length: pieces }, (_, piece) => {
		const from = piece * SEGMENTS_PER_AREA;
		const points = turnTowards(line.slice(from, from + SEGMENTS_PER_AREA + 1), 0);
		const flat = Float64Array.from(points.flat());
		const metersOutside = (longitude: number, latitude: number) =>
			Math.max(0, metersToLine(flat, longitude, latitude) - radiusMeters);
		return {
			box: padBox(boxAround(points), radiusMeters),
			contains: (longitude: number, latitude: number) => metersOutside(longitude, latitude) === 0,
			metersOutside,
		};
	});
}

/**
 * In the plane of a ruler that is right around the position: exact to about 0.1 % over the distances that decide
 * anything. The ruler's own distance would measure the other way round where a longitude lies beyond 180, and is
 * several times as slow.
 */
function metersToLine(line: FlatLine, longitude: number, latitude: number): number {
	const { kx, ky } = new CheapRuler(latitude, 'meters');
	let nearest = Infinity;
	let fromX = ((line[0] ?? NaN) - longitude) * kx;
	let fromY = ((line[1] ?? NaN) - latitude) * ky;
	for (let at = 2; at < line.length; at += 2) {
		const toX = ((line[at] ?? NaN) - longitude) * kx;
		const toY = ((line[at + 1] ?? NaN) - latitude) * ky;
		nearest = Math.min(nearest, squareToSegment(fromX, fromY, toX, toY));
		fromX = toX;
		fromY = toY;
	}
	return Math.sqrt(nearest);
}

/** Square of the distance from the origin. */
function squareToSegment(fromX: number, fromY: number, toX: number, toY: number): number {
	const alongX = toX - fromX;
	const alongY = toY - fromY;
	const square = alongX * alongX + alongY * alongY;
	const part = square === 0 ? 0 : -(fromX * alongX + fromY * alongY) / square;
	const t = part > 1 ? 1 : part > 0 ? part : 0;
	const x = fromX + t * alongX;
	const y = fromY + t * alongY;
	return x * x + y * y;
}
