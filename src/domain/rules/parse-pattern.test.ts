import { InvalidFieldError } from '../errors';
import { parsePattern } from './parse-pattern';

function refusal(pattern: unknown): InvalidFieldError {
	try {
		parsePattern(pattern, 'pattern');
	} catch (error) {
		if (error instanceof InvalidFieldError) return error;
		throw error;
	}
	throw new Error('was not refused');
}

const comparison = (operator: unknown, value?: unknown, attribute: unknown = 'a') => ({
	attribute,
	operator,
	value,
});
const nested = (levels: number): unknown =>
	levels === 0 ? comparison('exists') : { not: nested(levels - 1) };

describe('parsePattern', () => {
	it.each<[unknown]>([
		[comparison('eq', 'x')],
		[comparison('ne', false)],
		[comparison('between', [5, 5])],
		[comparison('in', ['x', 1, true])],
		[comparison('contains', 'x')],
		[{ all: [comparison('gt', 5), comparison('lt', 6), comparison('lt', 1, 'b')] }],
		[{ any: [comparison('gt', 20), comparison('lt', 10)] }],
		[{ all: [comparison('gt', 20), { not: comparison('gt', 10) }] }],
		[nested(99)],
	])('takes %j', (pattern) => {
		expect(parsePattern(pattern, 'pattern')).toEqual(pattern);
	});

	it('trims the attribute’s name and leaves a value of nothing out', () => {
		expect(parsePattern(comparison('exists', null, ' a '), 'pattern')).toStrictEqual({
			attribute: 'a',
			operator: 'exists',
		});
	});

	it.each<[string, unknown, string, RegExp]>([
		['pattern', undefined, 'missing, not an object', /fuelLevel/],
		['pattern', 'a < 5', 'text, not an object', /fuelLevel/],
		['pattern.attribute', comparison('eq', 1, ' '), 'names no attribute', /fuelLevel/],
		['pattern.attribute', comparison('eq', 1, '__proto__'), "'__proto__'", /attribute/],
		['pattern.operator', { attribute: 'a' }, 'missing', /eq, ne, lt/],
		['pattern.operator', comparison('lessThan', 1), "'lessThan'", /^Did you mean 'lt'\?/],
		['pattern.operator', comparison('>=', 1), "'>='", /^Did you mean 'gte'\?/],
		['pattern.operator', comparison('betwen', [1, 2]), "'betwen'", /^Did you mean 'between'\?/],
		['pattern.operator', comparison('not equals', 1), "'not equals'", /^Did you mean 'ne'\?/],
		['pattern.operator', comparison(5, 1), '5 in', /^Give one of/],
		['pattern.value', comparison('lt', '15'), "the text '15'", /Write 15 without quotes/],
		['pattern.value', comparison('lt', 'x'), "the text 'x'", /finite number/],
		['pattern.value', comparison('gt'), 'missing', /finite number/],
		['pattern.value', comparison('gt', Infinity), 'Infinity', /finite number/],
		['pattern.value', comparison('eq', null), 'null', /one text/],
		['pattern.value', comparison('eq', [1]), 'a list', /one text/],
		['pattern.value', comparison('contains', ''), 'empty', /text to look for/],
		['pattern.value', comparison('contains', 5), 'a number', /text to look for/],
		['pattern.value', comparison('in', 'x'), 'text, not a list', /square brackets/],
		['pattern.value', comparison('in', []), 'empty', /1 to 1000/],
		['pattern.value[1]', comparison('in', ['x', {}]), 'an object', /one text/],
		['pattern.value', comparison('between', 5), 'a number', /\[5, 10\]/],
		['pattern.value', comparison('between', [1, 2, 3]), 'a list of 3', /\[5, 10\]/],
		['pattern.value[1]', comparison('between', [1, '2']), "the text '2'", /without quotes/],
		['pattern.value', comparison('between', [9, 2]), 'Nothing is between 9 and 2', /\[2, 9\]/],
		['pattern.value', comparison('exists', 1), "'exists' compares with nothing", /'eq'/],
		['pattern.forSecond', { ...comparison('lt', 1), forSecond: 5 }, "no field 'forSecond'", /forSeconds/],
		['pattern.any', { all: [comparison('exists')], any: [] }, "no field 'any'", /all/],
		['pattern.attribute', { all: [comparison('exists')], attribute: 'a' }, 'no field', /all/],
		['pattern.all', { all: [] }, 'empty', /1 to 200/],
		['pattern.all', { all: comparison('exists') }, 'an object, not a list', /brackets/],
		['pattern.all[1].value', { all: [comparison('exists'), comparison('lt', true)] }, 'true or false', /./],
		['pattern.any[0].not.operator', { any: [{ not: comparison('x!', 1) }] }, "'x!'", /./],
		['pattern.all[1]', { all: [comparison('gt', 20), comparison('lt', 10)] }, 'a can never meet', /any/],
		['pattern.all[1].all[0]', { all: [comparison('eq', 5), { all: [comparison('gt', 5)] }] }, 'never', /./],
		[
			'pattern.any[1].all[1]',
			{ any: [comparison('exists'), { all: [comparison('lte', 1), comparison('between', [2, 3])] }] },
			'never',
			/./,
		],
		[
			'pattern.not.all[1]',
			{ not: { all: [comparison('lt', 1), comparison('gte', 1)] } },
			'can never meet',
			/./,
		],
		[`pattern${'.not'.repeat(100)}`, nested(100), 'deeper than 100', /fewer steps/],
		[
			'pattern',
			{ any: [1, 2].map(() => ({ any: Array(150).fill(comparison('exists')) })) },
			'300',
			/several/,
		],
	])('names %s', (field, pattern, message, hint) => {
		const error = refusal(pattern);
		expect(error.field).toBe(field);
		expect(error.message).toContain(message);
		expect(error.hint).toMatch(hint);
	});
});
