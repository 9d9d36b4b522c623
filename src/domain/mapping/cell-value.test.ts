import fc from 'fast-check';
import { cellValue, numberOrCell } from './cell-value';
import { numberText } from './read-number';

test('cells of text are what they are written like, and codes stay text', () => {
	const cells = [
		...['12', '-1.50', ' 7 ', 'true', 'FALSE', '007', '1e5', '12345678901234567890', '1,5', '+49 89', 'x'],
	];
	expect(cells.map(cellValue)).toEqual([
		...[12, -1.5, 7, true, false, '007', '1e5', '12345678901234567890', '1,5', '+49 89', 'x'],
	]);
	expect(['48,137', '48.137', '1,2,3', 'x', 5, null].map(numberOrCell)).toEqual([
		...[48.137, 48.137, '1,2,3', 'x', 5, null],
	]);
});

test('every number comes back from its text', () => {
	const numbers = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.maxSafeInteger());
	fc.assert(
		fc.property(numbers, (value) => {
			expect(cellValue(numberText(value))).toBe(value + 0);
		}),
	);
});
