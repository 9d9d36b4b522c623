import type { Geofence, GeofenceFields, LonLat } from '../../geofence';

/** Where traces go: up and down one meridian, a step being 111.2 m; the fences' edges lie well between the steps. */
export const MERIDIAN = 11.5;
export const STEP_DEGREES = 0.001;
export const BASE_LATITUDE = 48;

const at = (steps: number): number => BASE_LATITUDE + steps * STEP_DEGREES;
const box = (south: number, north: number, halfWidth: number): readonly LonLat[] => [
	[MERIDIAN - halfWidth, at(south)],
	[MERIDIAN + halfWidth, at(south)],
	[MERIDIAN + halfWidth, at(north)],
	[MERIDIAN - halfWidth, at(north)],
	[MERIDIAN - halfWidth, at(south)],
];

const FIELDS: readonly GeofenceFields[] = [
	// Steps 1 to 3; left only at 5, or south of the base.
	{
		name: 'depot',
		tags: ['yard'],
		shape: { type: 'circle', center: [MERIDIAN, at(2)], radiusMeters: 150 },
		hysteresisMeters: 100,
	},
	// Steps 2 to 4, overlapping the depot.
	{
		name: 'annex',
		tags: ['yard'],
		shape: { type: 'circle', center: [MERIDIAN, at(3)], radiusMeters: 150 },
		hysteresisMeters: 0,
	},
	// Steps 4 and 5, and 7; 6 lies in the hole, within the hysteresis.
	{
		name: 'lot',
		tags: ['yard', 'paid'],
		shape: { type: 'polygon', polygons: [[box(3.5, 7.5, 0.002), box(5.8, 6.2, 0.0002)]] },
		hysteresisMeters: 30,
	},
	// Step 6 alone.
	{
		name: 'road',
		tags: [],
		shape: {
			type: 'corridor',
			line: [
				[MERIDIAN - 0.01, at(6)],
				[MERIDIAN + 0.01, at(6.2)],
			],
			radiusMeters: 60,
		},
		hysteresisMeters: 20,
	},
];

export const FENCES: readonly Geofence[] = FIELDS.map((fields, index) => ({
	...fields,
	id: index + 1,
	createdAt: 0,
	updatedAt: 0,
}));
