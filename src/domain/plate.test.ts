import * as fc from 'fast-check';
import { InvalidFieldError } from './errors';
import { normalisePlate, parsePlate } from './plate';

describe('normalisePlate', () => {
	it.each([
		['  m-ab   123 ', 'M-AB 123'],
		['b\tcd\u00a042', 'B CD 42'],
		['ÖA 7', 'ÖA 7'],
	])('writes %j as %s', (plate, expected) => {
		expect(normalisePlate(plate)).toBe(expected);
	});

	it('changes nothing the second time', () => {
		fc.assert(
			fc.property(
				fc.string({ unit: 'grapheme' }),
				(text) => normalisePlate(normalisePlate(text)) === normalisePlate(text),
			),
		);
		expect(normalisePlate(normalisePlate(' a  b '))).toBe('A B');
	});
});

describe('parsePlate', () => {
	it('refuses what is longer than a plate', () => {
		expect(() => parsePlate('A'.repeat(21), 'plate')).toThrow(InvalidFieldError);
		expect(() => parsePlate('A'.repeat(21), 'plate')).toThrow(/21 characters, more than 20/);
		expect(parsePlate(` ${'a'.repeat(20)} `, 'plate')).toBe('A'.repeat(20));
	});
});
