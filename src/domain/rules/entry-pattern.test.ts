import { entryPattern, startsByItself } from './entry-pattern';
import type { Pattern } from './pattern';

const low = { attribute: 'fuel', operator: 'lt', value: 15 } as const;
const fast = { attribute: 'speed', operator: 'gt', value: 80 } as const;
const yard = { inside: { geofence: 'yard' } } as const;
const always = { all: [] };

describe('entryPattern', () => {
	it.each<[Pattern]>([[low], [{ all: [low, { not: fast }] }], [{ any: [] }]])('is plain: %j', (pattern) => {
		expect(entryPattern({ pattern })).toEqual({ pattern, isPlain: true });
	});

	it.each<[Pattern, unknown]>([
		[{ holds: low, forSeconds: 60 }, low],
		[{ all: [fast, { holds: low, forSeconds: 60 }] }, low],
		[{ not: { holds: low, forSeconds: 60 } }, { any: [always, low] }],
		[{ count: low, times: 1, withinSeconds: 60 }, low],
		[{ first: low, then: fast, withinSeconds: 60 }, low],
		[{ enters: { geofence: 'yard' } }, yard],
		[{ exits: { geofence: 'yard' } }, yard],
		[{ not: yard }, { any: [always, yard] }],
		[{ all: [fast, { schedule: { from: '22:00' } }] }, { all: [fast, always] }],
		[
			{ attribute: 'a', operator: 'crossesAbove', value: 5 },
			{ attribute: 'a', operator: 'gt', value: 5 },
		],
		[
			{ attribute: 'a', operator: 'increasedBy', value: 5 },
			{ attribute: 'a', operator: 'exists' },
		],
	])('of %j', (pattern, entry) => {
		expect(entryPattern({ pattern })).toEqual({ pattern: entry, isPlain: false });
	});
});

describe('startsByItself', () => {
	it('is what has an absence anywhere', () => {
		const absent = { absent: { forSeconds: 60 } };
		expect(
			startsByItself({ pattern: { first: low, then: { not: { all: [absent] } }, withinSeconds: 1 } }),
		).toBe(true);
		expect(
			startsByItself({ pattern: { count: { holds: low, forSeconds: 1 }, times: 1, withinSeconds: 1 } }),
		).toBe(false);
	});
});
