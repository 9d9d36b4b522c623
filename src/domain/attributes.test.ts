import * as fc from 'fast-check';
import { isAttributeValue, parseAttributes } from './attributes';
import { InvalidFieldError } from './errors';

describe('parseAttributes', () => {
	it('keeps numbers, texts and booleans, and leaves out what has no content', () => {
		expect(
			parseAttributes([
				[' fuelLevel ', 12.5],
				['driver', 'Ada'],
				['engineOn', false],
				['empty', ''],
				['none', null],
				['serviced', new Date(0)],
			]),
		).toEqual({ fuelLevel: 12.5, driver: 'Ada', engineOn: false, serviced: '1970-01-01T00:00:00.000Z' });
	});

	it.each([
		['', 1],
		['  ', 1],
		['__proto__', 1],
		['a'.repeat(101), 1],
		['a\0', 1],
		['a', []],
		['a', {}],
		['a', Number.POSITIVE_INFINITY],
		['a', 10n],
		['a', 'x'.repeat(10_001)],
		['a', 'x\0'],
		['a', new Date(Number.NaN)],
	])('refuses %j', (name, value) => {
		expect(() => parseAttributes([[name, value]])).toThrow(InvalidFieldError);
	});

	it('never changes a prototype, whatever the names are', () => {
		fc.assert(
			fc.property(fc.dictionary(fc.string(), fc.anything()), (given) => {
				try {
					const parsed = parseAttributes(Object.entries(given));
					expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
					expect(Object.values(parsed).every(isAttributeValue)).toBe(true);
				} catch (error) {
					expect(error).toBeInstanceOf(InvalidFieldError);
				}
			}),
		);
		expect(parseAttributes([['constructor', 'x']])).toEqual({ constructor: 'x' });
	});
});
