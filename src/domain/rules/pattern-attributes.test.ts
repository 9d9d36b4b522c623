import { patternAttributes, recordAttributes } from './pattern-attributes';
import type { Pattern } from './pattern';

const speed: Pattern = { attribute: 'speed', operator: 'gt', value: { record: 'speedLimit', default: 80 } };
const fuel: Pattern = { attribute: 'fuelLevel', operator: 'lt', value: { attribute: 'fuelReserve' } };

describe('patternAttributes', () => {
	it.each<[string[], Pattern]>([
		[['speed', 'fuelLevel', 'fuelReserve'], { all: [speed, { not: { any: [fuel, speed] } }, fuel] }],
		[['speed'], { holds: speed, forSeconds: 5 }],
		[['speed'], { count: speed, times: 1, withinSeconds: 5 }],
		[['a'], { absent: { attribute: 'a', forSeconds: 5 } }],
		[[], { absent: { forSeconds: 5 } }],
		[
			['a', 'b'],
			{ aggregate: 'max', attribute: 'a', withinSeconds: 5, operator: 'gt', value: { attribute: 'b' } },
		],
		[['latitude', 'longitude'], { aggregate: 'distance', withinSeconds: 5, operator: 'gt', value: 1 }],
		[
			['latitude', 'longitude', 'gear'],
			{
				first: { exits: { geofence: 'x' } },
				thenNot: { attribute: 'gear', operator: 'changed' },
				withinSeconds: 5,
			},
		],
		[[], { all: [{ schedule: { from: '22:00' } }, { attribute: 'due', of: 'record', operator: 'exists' }] }],
	])('finds %j', (names, pattern) => {
		expect(patternAttributes(pattern)).toEqual(names);
	});
});

describe('recordAttributes', () => {
	it('finds what was entered, looked at or compared with', () => {
		expect(
			recordAttributes({ any: [speed, { attribute: 'due', of: 'record', operator: 'exists' }, speed, fuel] }),
		).toEqual(['speedLimit', 'due']);
	});
});
