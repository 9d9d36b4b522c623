import type { Pattern } from './pattern';
import { patternGeofences } from './pattern-geofences';

const inside = (geofence: string): Pattern => ({ inside: { geofence } });

describe('patternGeofences', () => {
	it('finds the geofences of every kind of part, each once', () => {
		const speed: Pattern = { attribute: 'speed', operator: 'gt', value: 90 };
		const pattern: Pattern = {
			all: [
				{ any: [inside('A'), { not: { outside: { tag: 'depot' } } }] },
				{ holds: { enters: { geofence: 'B' } }, forSeconds: 60 },
				{ count: { exits: { geofence: 'C' } }, times: 3, withinSeconds: 60 },
				{ first: { dwells: { geofence: 'D', forSeconds: 60 } }, then: inside('E'), withinSeconds: 60 },
				{ first: speed, thenNot: inside('F'), withinSeconds: 60 },
				{ absent: { forSeconds: 60 } },
				inside('A'),
			],
		};
		expect(patternGeofences(pattern)).toEqual([
			{ geofence: 'A' },
			{ tag: 'depot' },
			...['B', 'C', 'D', 'E', 'F'].map((geofence) => ({ geofence })),
		]);
		expect(patternGeofences(speed)).toEqual([]);
	});
});
