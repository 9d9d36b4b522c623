import { typedList, typedValue } from './typed-value';

describe('typedValue', () => {
	it.each([
		['15', 15],
		[' -12.5 ', -12.5],
		['1e3', 1000],
		['true', true],
		['False', false],
		['idle', 'idle'],
		['', ''],
		['007', '007'],
		['+49', '+49'],
		['12,5', '12,5'],
		['"15"', '15'],
		['"', '"'],
		['12345678901234567890', '12345678901234567890'],
		[15, 15],
		[false, false],
		[null, ''],
		[undefined, ''],
		[{ a: 1 }, '{"a":1}'],
	])('takes %p for %p', (entered, value) => {
		expect(typedValue(entered)).toBe(value);
	});
});

describe('typedList', () => {
	it.each([
		['idle, off ,3', ['idle', 'off', 3]],
		['"a, b", c', ['a, b', 'c']],
		['one', ['one']],
		['a,,b,', ['a', 'b']],
		['', []],
		[7, [7]],
		[undefined, []],
		[
			['1', 2, 'x'],
			[1, 2, 'x'],
		],
	])('takes %p for %p', (entered, values) => {
		expect(typedList(entered)).toEqual(values);
	});
});
