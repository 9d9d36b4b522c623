import Flatbush from 'flatbush';

import type { LonLat } from '../geofence';

/**
 * Two sides of the ring that cross, by the places of their first points; null when none do. Sides that only touch do
 * not cross. The ring is closed and has no jump at the antimeridian.
 */
export function findCrossing(ring: readonly LonLat[]): readonly [number, number] | null {
	const sides = ring.slice(1).map((to, at) => [ring[at] ?? to, to] as const);
	const index = new Flatbush(sides.length);
	for (const [[x1, y1], [x2, y2]] of sides) {
		index.add(Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2));
	}
	index.finish();
	for (const [at, side] of sides.entries()) {
		const [[x1, y1], [x2, y2]] = side;
		const box = [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)] as const;
		const later = (other: number) => other > at + 1 && doCross(side, sides[other] ?? side);
		const [other] = index.search(...box, later);
		if (other !== undefined) return [at, other];
	}
	return null;
}

type Side = readonly [LonLat, LonLat];

function doCross([a, b]: Side, [c, d]: Side): boolean {
	return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;
}

/** Above 0 when `c` lies to the left of the way from `a` to `b`, below 0 to the right. */
function turn(a: LonLat, b: LonLat, c: LonLat): number {
	return Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
}
