import { InvalidFieldError } from '../errors';
import type { LonLat } from '../geofence';
import { kindOf, shown } from '../rules/parse-object';
import { findCrossing } from './find-crossing';
import { unwrapLine } from './unwrap-line';

const MAX_POINTS = 10_000;

/**
 * [longitude, latitude] in degrees, as GeoJSON writes it; an altitude is left out.
 * @throws InvalidFieldError
 */
export function parsePoint(value: unknown, field: string): LonLat {
	const [longitude, latitude] = Array.isArray(value) ? (value as unknown[]) : [];
	if (typeof longitude !== 'number' || typeof latitude !== 'number') {
		throw new InvalidFieldError(
			field,
			`${field} is ${Array.isArray(value) ? `[${value.slice(0, 3).map(shown).join(', ')}]` : kindOf(value)}, not a point`,
			'Give [longitude, latitude] in degrees, e.g. [13.405, 52.52].',
		);
	}
	if (Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90) return [longitude, latitude];
	const isSwapped = Math.abs(latitude) <= 180 && Math.abs(longitude) <= 90;
	throw new InvalidFieldError(
		field,
		`${field} is [${longitude}, ${latitude}], which is nowhere on Earth`,
		isSwapped
			? `The longitude comes first: did you mean [${latitude}, ${longitude}]?`
			: 'Give degrees of WGS 84: the longitude from -180 to 180, then the latitude from -90 to 90. ' +
					'Coordinates of another projection have to be converted first.',
	);
}

/** @throws InvalidFieldError */
export function parseLine(value: unknown, field: string): LonLat[] {
	const line = parsePoints(value, field);
	if (line.length >= 2) return line;
	throw new InvalidFieldError(
		field,
		`${field} has ${line.length === 1 ? 'one point only' : 'no points'}`,
		'A line has at least 2 different points.',
	);
}

/**
 * An outer ring or a hole; a ring that is not closed is closed.
 * @throws InvalidFieldError
 */
export function parseRing(value: unknown, field: string): LonLat[] {
	const points = parsePoints(value, field);
	const [first, last] = [points[0], points.at(-1)];
	const ring = first && last && !isSame(first, last) ? [...points, first] : points;
	if (ring.length < 4) {
		throw new InvalidFieldError(
			field,
			`${field} has ${Math.max(0, ring.length - 1)} different points`,
			'A polygon has at least 3 corners.',
		);
	}
	const unwrapped = unwrapLine(ring);
	if (unwrapped[0]?.[0] !== unwrapped.at(-1)?.[0]) {
		throw new InvalidFieldError(
			field,
			`${field} goes round a pole`,
			'Divide the area at a meridian, or give a circle around the pole.',
		);
	}
	const crossing = findCrossing(unwrapped);
	if (crossing !== null) {
		throw new InvalidFieldError(
			field,
			`${field} crosses itself: the line from point ${crossing[0] + 1} and the one from point ${crossing[1] + 1}`,
			'Give the corners in order around the area; separate areas as polygons of their own.',
		);
	}
	if (isFlat(unwrapped)) {
		throw new InvalidFieldError(
			field,
			`${field} encloses no area: its points lie on one line`,
			'Give the corners in order around the area. For a strip along a line give a corridor.',
		);
	}
	return ring;
}

/** @throws InvalidFieldError when the shape as a whole has too many. */
export function checkPointCount(count: number, field: string): void {
	if (count <= MAX_POINTS) return;
	throw new InvalidFieldError(
		field,
		`${field} has ${count} points, more than ${MAX_POINTS}`,
		'Simplify the shape: a point every few metres is finer than any GPS.',
	);
}

function parsePoints(value: unknown, field: string): LonLat[] {
	if (!Array.isArray(value)) {
		throw new InvalidFieldError(
			field,
			`${field} is ${kindOf(value)}, not a list of points`,
			'Give e.g. [[13.40, 52.52], [13.41, 52.53]].',
		);
	}
	checkPointCount(value.length, field);
	const points = value.map((point, at) => parsePoint(point, `${field}[${at}]`));
	const different = points.filter((point, at) => at === 0 || !isSame(point, points[at - 1]));
	const jump = different.findIndex(
		(point, at) => Math.abs(point[0] - (different[at - 1] ?? point)[0]) === 180,
	);
	if (jump === -1) return different;
	throw new InvalidFieldError(
		field,
		`${field} does not say which way round the Earth its points ${jump} and ${jump + 1} are connected`,
		'They lie half the globe apart: give another point between them.',
	);
}

function isSame(a: LonLat, b: LonLat | undefined): boolean {
	return b !== undefined && a[0] === b[0] && a[1] === b[1];
}

/** By the shoelace formula (Meister, 1769), in square degrees around the first point. */
function isFlat(ring: readonly LonLat[]): boolean {
	const [x0, y0] = ring[0] ?? [0, 0];
	const twice = ring.reduce((sum, [x, y], at) => {
		const [nextX, nextY] = ring[at + 1] ?? [x0, y0];
		return sum + (x - x0) * (nextY - y0) - (nextX - x0) * (y - y0);
	}, 0);
	// A square with sides of a few millimetres.
	return Math.abs(twice) < 1e-15;
}
