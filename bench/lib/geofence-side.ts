import type { Geofence, GeofenceShape, LonLat } from '../../src/domain/geofence';
import type { Rule } from '../../src/domain/rules/rule';
import type { Position } from '../../src/domain/status';
import type { BenchSide } from './measure';
import { seededRandom } from './random';
import { makeRules } from './rule-workload';
import { vehicleRuns } from './vehicle-runs';

const FENCES = 1_000;
const VERTICES = 500;
/** Degrees; the fences lie anywhere in this square, and a vehicle moves by up to about a kilometre at a time. */
const WEST = 8;
const SOUTH = 48;
const SIZE = 4;
const STEP = 0.01;
const ROUNDS = 4;

/** One rule a geofence, half of them `enters`, half `inside`; a half of the fences are polygons of 500 vertices. */
export function geofences(what: string, vehicles: number): BenchSide {
	const random = seededRandom(5);
	const somewhere = (): LonLat => [WEST + random() * SIZE, SOUTH + random() * SIZE];
	const fences = Array.from({ length: FENCES }, (_, i): Geofence => ({
		id: i + 1,
		name: `Fence ${i + 1}`,
		tags: [],
		shape: shapeAround(somewhere(), 0.005 + random() * 0.03, i),
		hysteresisMeters: 20,
		createdAt: 0,
		updatedAt: 0,
	}));
	const rules = makeRules(FENCES, { equalities: true }).map((rule, i): Rule => {
		const ref = { geofence: `Fence ${i + 1}` };
		return { ...rule, pattern: i % 2 === 0 ? { enters: ref } : { inside: ref } };
	});
	let round = Array.from({ length: vehicles }, (): Position => {
		const [longitude, latitude] = somewhere();
		return { longitude, latitude };
	});
	const rounds = Array.from({ length: ROUNDS }, () => {
		round = round.map(({ longitude, latitude }) => ({
			longitude: longitude + (random() - 0.5) * STEP * 2,
			latitude: latitude + (random() - 0.5) * STEP * 2,
		}));
		return round.map((position) => ({ attributes: { speed: 50 }, position }));
	});
	const fleet = vehicleRuns({ rules, taskWatches: [], geofences: fences }, rounds);
	if (fleet.follow(vehicles * ROUNDS) === 0) throw new Error('No vehicle came into any geofence');
	return {
		what,
		run: () => {
			fleet.follow(vehicles);
			return vehicles;
		},
	};
}

function shapeAround([longitude, latitude]: LonLat, radius: number, index: number): GeofenceShape {
	if (index % 4 === 0) {
		return { type: 'circle', center: [longitude, latitude], radiusMeters: radius * 100_000 };
	}
	if (index % 4 === 1) {
		const line: LonLat[] = [
			[longitude - radius, latitude],
			[longitude, latitude + radius],
			[longitude + radius, latitude],
		];
		return { type: 'corridor', line, radiusMeters: 500 };
	}
	const ring = Array.from({ length: VERTICES - 1 }, (_, i): LonLat => {
		const angle = (2 * Math.PI * i) / (VERTICES - 1);
		// Not round, so that nothing but looking at the vertices tells inside from outside.
		const far = radius * (1 + 0.3 * Math.sin(angle * 9));
		return [longitude + far * Math.cos(angle), latitude + far * Math.sin(angle)];
	});
	return { type: 'polygon', polygons: [[[...ring, ring[0] as LonLat]]] };
}
