import { describePattern } from './describe-pattern';
import { patternAttributes } from './pattern-attributes';
import type { Comparison, Pattern } from './pattern';

const fuel: Pattern = { attribute: 'fuelLevel', operator: 'lt', value: 15 };
const speed: Pattern = { attribute: 'speed', operator: 'gt', value: 0 };

describe('describePattern', () => {
	it.each<[string, Comparison['operator'], Comparison['value']]>([
		['a is "on"', 'eq', 'on'],
		['a is not 5', 'ne', 5],
		['a is less than 5', 'lt', 5],
		['a is at most 5', 'lte', 5],
		['a is greater than 5', 'gt', 5],
		['a is at least -5', 'gte', -5],
		['a is between 5 and 10', 'between', [5, 10]],
		['a is one of "x", 2, true', 'in', ['x', 2, true]],
		['a is "x"', 'in', ['x']],
		['a contains "err"', 'contains', 'err'],
		['a has been reported', 'exists', undefined],
		['a has never been reported', 'missing', undefined],
	])('%s', (sentence, operator, value) => {
		expect(describePattern({ attribute: 'a', operator, ...(value === undefined ? {} : { value }) })).toBe(
			sentence,
		);
	});

	it('joins in words, with brackets where they matter', () => {
		expect(describePattern({ all: [fuel, speed] })).toBe(
			'fuelLevel is less than 15 and speed is greater than 0',
		);
		expect(describePattern({ all: [fuel, { any: [speed, { not: fuel }] }] })).toBe(
			'fuelLevel is less than 15 and (speed is greater than 0 or not (fuelLevel is less than 15))',
		);
		expect(describePattern({ any: [{ all: [fuel] }] })).toBe('fuelLevel is less than 15');
	});
});

describe('patternAttributes', () => {
	it('names each attribute once', () => {
		expect(patternAttributes({ all: [speed, { not: { any: [fuel, speed] } }, fuel] })).toEqual([
			'speed',
			'fuelLevel',
		]);
	});
});
