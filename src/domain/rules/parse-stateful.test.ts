import { InvalidFieldError } from '../errors';
import { parsePattern } from './parse-pattern';
import type { Pattern } from './pattern';

function refusal(pattern: unknown): InvalidFieldError {
	try {
		parsePattern(pattern, 'pattern');
	} catch (error) {
		if (error instanceof InvalidFieldError) return error;
		throw error;
	}
	throw new Error('was not refused');
}

const low: Pattern = { attribute: 'fuelLevel', operator: 'lt', value: 15 };
const depot = { geofence: 'depot' };

describe('parsePattern of what takes time', () => {
	it.each<[Pattern]>([
		[{ holds: low, forSeconds: 600 }],
		[{ count: low, times: 3, withinSeconds: 3600 }],
		[{ count: low, of: 'reports', times: 3, withinSeconds: 3600 }],
		[{ aggregate: 'average', attribute: 'speed', withinSeconds: 60, operator: 'gt', value: 60, unit: 'mph' }],
		[{ aggregate: 'change', attribute: 'a', withinSeconds: 60, operator: 'between', value: [-5, 5] }],
		[{ aggregate: 'distance', withinSeconds: 60, operator: 'gt', value: 500, unit: 'm' }],
		[{ aggregate: 'max', attribute: 'a', withinSeconds: 60, operator: 'gt', value: { record: 'limit' } }],
		[{ absent: { forSeconds: 21_600 } }],
		[{ absent: { attribute: 'fuelLevel', forSeconds: 21_600 } }],
		[{ inside: depot }],
		[{ outside: { tag: 'station' } }],
		[{ any: [{ enters: depot }, { exits: depot }] }],
		[{ dwells: { geofence: 'depot', forSeconds: 900 } }],
		[{ schedule: { days: ['sat', 'sun'], from: '22:00', to: '06:00', timeZone: 'vehicle' } }],
		[{ first: { exits: depot }, then: low, withinSeconds: 60 }],
		[{ first: { exits: depot }, thenNot: { enters: depot }, withinSeconds: 60 }],
		[{ attribute: 'speed', operator: 'crossesAbove', value: { record: 'limit', default: 100, plus: 5 } }],
		[{ attribute: 'doorOpen', operator: 'changedTo', value: true }],
		[{ attribute: 'gear', operator: 'changed' }],
		[{ attribute: 'coolantTemperature', operator: 'risesPerMinute', value: 9, unit: '°F' }],
	])('takes %j', (pattern) => {
		expect(parsePattern(pattern, 'pattern')).toStrictEqual(pattern);
	});

	it('reads forSeconds beside any part as what has to hold', () => {
		const short = { all: [{ ...low, forSeconds: 600 }, { not: { inside: depot } }], forSeconds: 60 };
		expect(parsePattern(short, 'pattern')).toStrictEqual({
			holds: { all: [{ holds: low, forSeconds: 600 }, { not: { inside: depot } }] },
			forSeconds: 60,
		});
		expect(parsePattern({ inside: depot, forSeconds: 60 }, 'pattern')).toStrictEqual({
			holds: { inside: depot },
			forSeconds: 60,
		});
	});

	it('leaves out what is usual', () => {
		expect(parsePattern({ count: low, of: 'episodes', times: 2, withinSeconds: 5 }, 'pattern')).toStrictEqual(
			{
				count: low,
				times: 2,
				withinSeconds: 5,
			},
		);
	});

	it.each<[string, unknown, string, RegExp]>([
		['pattern.forSeconds', { holds: low }, 'missing', /60 is a minute/],
		['pattern.forSeconds', { ...low, forSeconds: 0 }, '0 in', /60 is a minute/],
		['pattern.forSeconds', { ...low, forSeconds: -5 }, '-5', /whole seconds/],
		['pattern.forSeconds', { ...low, forSeconds: 1.5 }, '1.5', /whole seconds/],
		['pattern.forSeconds', { ...low, forSeconds: '600' }, "'600'", /without quotes/],
		['pattern.forSeconds', { ...low, forSeconds: 31_622_401 }, '(a year)', /86400 a day/],
		['pattern.forSeconds', { enters: depot, forSeconds: 60 }, 'at one moment', /Leave forSeconds out/],
		[
			'pattern.forSeconds',
			{ holds: { attribute: 'a', operator: 'changed' }, forSeconds: 60 },
			'one',
			/count/,
		],
		['pattern.holds.value', { holds: { ...low, value: 'x' }, forSeconds: 1 }, "the text 'x'", /number/],
		['pattern.value', { ...low, value: 'x', forSeconds: 1 }, "the text 'x'", /number/],
		[
			'pattern.all[1]',
			{ all: [low, { attribute: 'fuelLevel', operator: 'gt', value: 20, forSeconds: 5 }] },
			'never',
			/any/,
		],
		['pattern.times', { count: low, withinSeconds: 5 }, 'missing', /how many times/],
		['pattern.times', { count: low, times: 0, withinSeconds: 5 }, '0 in', /how many/],
		['pattern.times', { count: low, times: 1001, withinSeconds: 5 }, '1001', /how many/],
		['pattern.withinSeconds', { count: low, times: 2 }, 'missing', /minute/],
		['pattern.of', { count: low, of: 'report', times: 2, withinSeconds: 5 }, "'report'", /'reports'/],
		['pattern.within', { count: low, times: 2, within: 5 }, "'within'", /withinSeconds/],
		['pattern.aggregate', { aggregate: 'mean', attribute: 'a' }, "'mean'", /'average'/],
		['pattern.attribute', { aggregate: 'sum', withinSeconds: 5 }, 'no attribute', /fuelLevel/],
		['pattern.attribute', { aggregate: 'distance', attribute: 'odometer' }, 'positions', /odometer/],
		[
			'pattern.operator',
			{ aggregate: 'min', attribute: 'a', withinSeconds: 5, operator: 'eq', value: 1 },
			"'eq'",
			/lt, lte/,
		],
		[
			'pattern.value',
			{ aggregate: 'distance', withinSeconds: 5, operator: 'gt', value: -1 },
			'-1',
			/0 or more/,
		],
		[
			'pattern.value',
			{ aggregate: 'min', attribute: 'a', withinSeconds: 5, operator: 'between', value: [2, 1] },
			'between',
			/\[1, 2\]/,
		],
		['pattern.absent.forSeconds', { absent: {} }, 'missing', /hour/],
		[
			'pattern.absent.attributes',
			{ absent: { attributes: 'a', forSeconds: 5 } },
			"'attributes'",
			/'attribute'/,
		],
		['pattern.insde', { insde: depot }, "'insde'", /^Did you mean 'inside'/],
		['pattern.inside', { inside: 'depot' }, 'text, not an object', /"geofence"/],
		['pattern.inside', { inside: {} }, 'names no geofence', /"tag"/],
		['pattern.inside', { inside: { geofence: 'a', tag: 'b' } }, 'a geofence and a tag', /one of both/],
		['pattern.inside.geofence', { inside: { geofence: ' ' } }, 'empty', /./],
		['pattern.inside.name', { inside: { name: 'depot' } }, "'name'", /geofence, tag/],
		['pattern.dwells.forSeconds', { dwells: depot }, 'missing', /hour/],
		['pattern.then', { first: low, withinSeconds: 5 }, 'missing', /fuelLevel/],
		['pattern.then', { first: low, then: low, thenNot: low, withinSeconds: 5 }, "'then'", /first, thenNot/],
		['pattern.withinSeconds', { first: low, then: low }, 'missing', /hour/],
		[
			'pattern.value',
			{ attribute: 'a', operator: 'increasedBy', value: -5 },
			'-5',
			/Use 'decreasedBy' with 5/,
		],
		['pattern.value', { attribute: 'a', operator: 'fallsPerMinute', value: 0 }, '0 in', /above 0/],
		['pattern.value', { attribute: 'a', operator: 'changed', value: 1 }, "'changed'", /'changedTo'/],
		['pattern.value', { attribute: 'a', operator: 'changedTo' }, 'missing', /one finite number/],
		[
			'pattern.operator',
			{ attribute: 'a', operator: 'becomes', value: 1 },
			"'becomes'",
			/^Did you mean 'changedTo'/,
		],
	])('names %s of %j', (field, pattern, message, hint) => {
		const error = refusal(pattern);
		expect(error.field).toBe(field);
		expect(error.message).toContain(message);
		expect(error.hint).toMatch(hint);
	});
});
