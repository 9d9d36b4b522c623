import { describePattern } from './describe-pattern';
import type { Pattern } from './pattern';

const low: Pattern = { attribute: 'fuelLevel', operator: 'lt', value: 15 };
const fast: Pattern = { attribute: 'speed', operator: 'gt', value: 60, unit: 'mph' };
const on: Pattern = { attribute: 'ignition', operator: 'eq', value: true };
const depot: Pattern = { inside: { geofence: 'depot' } };
const long: Pattern = { holds: low, forSeconds: 600 };

describe('describePattern', () => {
	it.each<[string, Pattern]>([
		['a is "on"', { attribute: 'a', operator: 'eq', value: 'on' }],
		['a is not 5', { attribute: 'a', operator: 'ne', value: 5 }],
		['a is no other than 5', { not: { attribute: 'a', operator: 'ne', value: 5 } }],
		['a is at most 5', { attribute: 'a', operator: 'lte', value: 5 }],
		['a is at least -5', { attribute: 'a', operator: 'gte', value: -5 }],
		['a is between 5 and 10 bar', { attribute: 'a', operator: 'between', value: [5, 10], unit: 'bar' }],
		['a is one of "x", 2 or true', { attribute: 'a', operator: 'in', value: ['x', 2, true] }],
		['a is "x"', { attribute: 'a', operator: 'in', value: ['x'] }],
		['a is not one of 1 or 2', { not: { attribute: 'a', operator: 'in', value: [1, 2] } }],
		['a contains "err"', { attribute: 'a', operator: 'contains', value: 'err' }],
		['dtc does not match "^P0"', { not: { attribute: 'dtc', operator: 'matches', value: '^P0' } }],
		['a has been reported', { attribute: 'a', operator: 'exists' }],
		['a has never been reported', { not: { attribute: 'a', operator: 'exists' } }],
		['the recorded seats is missing', { attribute: 'seats', of: 'record', operator: 'missing' }],
		[
			'the recorded inspection is past or within 14 days',
			{ attribute: 'inspection', of: 'record', operator: 'withinDays', value: 14 },
		],
		['due is past', { attribute: 'due', operator: 'withinDays', value: 0 }],
		['due is past by at least 1 day', { attribute: 'due', operator: 'withinDays', value: -1 }],
		['speed is greater than 60 mph', fast],
		['a is less than b', { attribute: 'a', operator: 'lt', value: { attribute: 'b' } }],
		[
			'speed is greater than 1.1 times the recorded limit (or 80) plus 5',
			{ attribute: 'speed', operator: 'gt', value: { record: 'limit', default: 80, times: 1.1, plus: 5 } },
		],
		['gear changes', { attribute: 'gear', operator: 'changed' }],
		['doorOpen changes to true', { attribute: 'doorOpen', operator: 'changedTo', value: true }],
		[
			'fuelLevel decreases by at least 10 %',
			{ attribute: 'fuelLevel', operator: 'decreasedBy', value: 10, unit: '%' },
		],
		['speed does not rise above 100', { not: { attribute: 'speed', operator: 'crossesAbove', value: 100 } }],
		['temp rises by at least 5 a minute', { attribute: 'temp', operator: 'risesPerMinute', value: 5 }],
		['fuelLevel is less than 15 for 10 minutes', long],
		['fuelLevel is not less than 15 for 10 minutes', { holds: { not: low }, forSeconds: 600 }],
		['not (fuelLevel is less than 15 for 10 minutes)', { not: long }],
		[
			'(fuelLevel is less than 15 and ignition is true) for 1 hour 30 minutes',
			{ holds: { all: [low, on] }, forSeconds: 5400 },
		],
		['fuelLevel is less than 15 for 10 minutes and ignition is true', { all: [long, on] }],
		['ignition is true and (fuelLevel is less than 15 for 10 minutes)', { all: [on, long] }],
		['ignition is true at least 3 times within 1 day', { count: on, times: 3, withinSeconds: 86_400 }],
		['ignition is true at least once within 1 day', { count: on, times: 1, withinSeconds: 86_400 }],
		[
			'(fuelLevel is less than 15 for 10 minutes) at 3 or more reports within 1 hour',
			{ count: long, of: 'reports', times: 3, withinSeconds: 3600 },
		],
		[
			'the average speed within 10 minutes is greater than 60 mph',
			{
				aggregate: 'average',
				attribute: 'speed',
				withinSeconds: 600,
				operator: 'gt',
				value: 60,
				unit: 'mph',
			},
		],
		[
			'the distance travelled within 1 hour 1 second is not less than 5 km',
			{ not: { aggregate: 'distance', withinSeconds: 3601, operator: 'lt', value: 5 } },
		],
		['nothing is reported for 6 hours', { absent: { forSeconds: 21_600 } }],
		['something was reported within 6 hours', { not: { absent: { forSeconds: 21_600 } } }],
		['fuelLevel is not reported for 2 days', { absent: { attribute: 'fuelLevel', forSeconds: 172_800 } }],
		["the vehicle is not inside 'depot'", { not: depot }],
		["the vehicle is outside every geofence tagged 'home'", { outside: { tag: 'home' } }],
		["the vehicle enters a geofence tagged 'home'", { enters: { tag: 'home' } }],
		["the vehicle does not leave 'depot'", { not: { exits: { geofence: 'depot' } } }],
		["the vehicle stays inside 'depot' for 15 minutes", { dwells: { geofence: 'depot', forSeconds: 900 } }],
		[
			'it is Saturday or Sunday between 22:00 and 06:00 (Europe/Berlin)',
			{ schedule: { days: ['sat', 'sun'], from: '22:00', to: '06:00', timeZone: 'Europe/Berlin' } },
		],
		[
			'it is not Monday to Friday after 18:00, not on 2026-12-25 (local time)',
			{
				not: {
					schedule: {
						days: ['mon', 'tue', 'wed', 'thu', 'fri'],
						from: '18:00',
						notOnDates: ['2026-12-25'],
						timeZone: 'vehicle',
					},
				},
			},
		],
		[
			'it is on 2026-01-01, 2026-01-02, 2026-01-03 or 2 other dates (UTC)',
			{ schedule: { onDates: [1, 2, 3, 4, 5].map((day) => `2026-01-0${day}`) } },
		],
		['it is before 06:00 (UTC)', { schedule: { to: '06:00' } }],
		[
			"the vehicle leaves 'depot' and then, within 10 minutes, speed is greater than 60 mph",
			{ first: { exits: { geofence: 'depot' } }, then: fast, withinSeconds: 600 },
		],
		[
			"the vehicle leaves 'depot' and then, for 1 hour, the vehicle does not enter 'home'",
			{
				first: { exits: { geofence: 'depot' } },
				thenNot: { enters: { geofence: 'home' } },
				withinSeconds: 3600,
			},
		],
		[
			'fuelLevel is less than 15 and (speed is greater than 60 mph or ignition is not true)',
			{ all: [low, { any: [fast, { not: on }] }] },
		],
		[
			'speed is not greater than 60 mph and ignition is not true and fuelLevel is less than 15',
			{ all: [{ not: { any: [fast, on] } }, low] },
		],
		['fuelLevel is less than 15', { any: [{ all: [{ not: { not: low } }] }] }],
		[
			'(ignition is true and then, within 1 minute, fuelLevel is less than 15) or speed is greater than 60 mph',
			{ any: [{ first: on, then: low, withinSeconds: 60 }, fast] },
		],
	])('%s', (sentence, pattern) => {
		expect(describePattern(pattern)).toBe(sentence);
	});

	it('tells the gaps over which durations go on', () => {
		expect(describePattern({ all: [long, { not: depot }] }, 300)).toBe(
			"fuelLevel is less than 15 for 10 minutes (gaps up to 5 minutes) and the vehicle is not inside 'depot'",
		);
	});
});
