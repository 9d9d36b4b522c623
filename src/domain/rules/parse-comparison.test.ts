import { InvalidFieldError } from '../errors';
import { parsePattern } from './parse-pattern';
import type { Comparison } from './pattern';

function refusal(comparison: object): InvalidFieldError {
	try {
		parsePattern({ attribute: 'speed', operator: 'gt', value: 5, ...comparison }, 'pattern');
	} catch (error) {
		if (error instanceof InvalidFieldError) return error;
		throw error;
	}
	throw new Error('was not refused');
}

describe('parsePattern of comparisons', () => {
	it.each<[Comparison]>([
		[{ attribute: 'speed', operator: 'gt', value: 60, unit: 'mph' }],
		[{ attribute: 'anything', operator: 'between', value: [1, 2], unit: 'bar' }],
		[
			{
				attribute: 'speed',
				operator: 'gt',
				value: { record: 'speedLimit', default: 80, times: 1.1, plus: 5 },
			},
		],
		[{ attribute: 'a', operator: 'eq', value: { attribute: 'b' } }],
		[{ attribute: 'a', operator: 'gt', value: { attribute: 'a', plus: -1 } }],
		[{ attribute: 'a', operator: 'gt', value: { record: 'a' } }],
		[{ attribute: 'a', operator: 'ne', value: { record: 'driver', default: 'nobody' } }],
		[{ attribute: 'inspectionDue', of: 'record', operator: 'withinDays', value: 14 }],
		[{ attribute: 'dtc', operator: 'matches', value: '^P0[0-9]{3}\\b' }],
	])('takes %j', (comparison) => {
		expect(parsePattern(comparison, 'pattern')).toStrictEqual(comparison);
	});

	it.each<[string, object, string, RegExp]>([
		['pattern.of', { of: 'vehicle' }, "'vehicle'", /record/],
		['pattern.of', { of: 'record', operator: 'changedTo' }, "'of'", /attribute, operator, value, unit/],
		['pattern.unit', { unit: 'knots' }, "'knots'", /^Did you mean 'kn'/],
		['pattern.unit', { unit: 'MPH' }, "'MPH'", /^Did you mean 'mph'/],
		['pattern.unit', { unit: 'furlongs per fortnight' }, 'no known unit', /km\/h, mph/],
		['pattern.unit', { unit: 5 }, '5 in', /km\/h, mph/],
		['pattern.unit', { unit: 'psi' }, "'speed' is not measured in 'psi'", /for km\/h, or .* mph, kn, m\/s/],
		['pattern.unit', { attribute: 'engineHours', unit: 'h' }, "'engineHours'", /^Leave the unit out/],
		['pattern.unit', { operator: 'eq', value: 'x', unit: 'mph' }, 'no number', /numbers/],
		[
			'pattern.unit',
			{ operator: 'exists', value: undefined, unit: 'mph' },
			'compares with nothing',
			/unit out/,
		],
		['pattern.value', { operator: 'matches', value: '(a' }, 'missing closing ): `(a`', /RE2/],
		['pattern.value', { operator: 'matches', value: 'a(?=b)' }, '(?=', /look-around/],
		['pattern.value', { operator: 'matches', value: '' }, 'empty', /text to look for/],
		['pattern.value', { operator: 'matches', value: { attribute: 'a' } }, 'an object', /text/],
		['pattern.value', { operator: 'matches', value: 'x'.repeat(1001) }, '1001', /'in'/],
		['pattern.value', { operator: 'in', value: { attribute: 'a' } }, 'not a list', /brackets/],
		['pattern.value', { operator: 'withinDays', value: '14' }, "'14'", /Write 14 without quotes/],
		['pattern.value', { value: { attribute: 'speed' } }, 'speed with itself', /another attribute/],
		['pattern.value', { value: { attribute: 'speed', times: 1, plus: 0 } }, 'speed with itself', /plus/],
		['pattern.value.attribute', { value: { attribute: ' ' } }, 'no attribute', /./],
		['pattern.value.record', { value: { default: 5 } }, 'no attribute', /./],
		['pattern.value.atribute', { value: { atribute: 'b' } }, "'atribute'", /^Did you mean 'attribute'/],
		['pattern.value.default', { value: { attribute: 'b', default: 5 } }, "'default'", /times, plus/],
		['pattern.value.default', { value: { record: 'b', default: '5' } }, "'5'", /Write 5 without/],
		[
			'pattern.value.default',
			{ operator: 'eq', value: { record: 'b', default: 'x', plus: 1 } },
			"'x'",
			/number/,
		],
		['pattern.value.times', { value: { record: 'b', times: 0 } }, 'everything 0', /factor/],
		['pattern.value.plus', { value: { record: 'b', plus: NaN } }, 'NaN', /finite/],
	])('names %s of %j', (field, comparison, message, hint) => {
		const error = refusal(comparison);
		expect(error.field).toBe(field);
		expect(error.message).toContain(message);
		expect(error.hint).toMatch(hint);
	});

	it('looks for impossible bounds across units, of one and the same thing', () => {
		const all = (...parts: object[]) => parsePattern({ all: parts }, 'pattern');
		const slow = { attribute: 'speed', operator: 'lt', value: 90 };
		const fast = { attribute: 'speed', operator: 'gt', value: 60, unit: 'mph' };
		expect(() => all(slow, fast)).toThrow('speed can never meet pattern.all[1]');
		expect(() => all(slow, { ...fast, value: 50 })).not.toThrow();
		expect(() => all(slow, { ...fast, of: 'record' })).not.toThrow();
	});
});
