import fc from 'fast-check';
import { differenceToCanonical, toCanonical, UNIT_NAMES, UNITS } from './units';
import type { UnitName } from './units';

describe('toCanonical', () => {
	it.each<[number, UnitName, number]>([
		[60, 'mph', 96.56064],
		[10, 'kn', 18.52],
		[10, 'm/s', 36],
		[1, 'mi', 1.609344],
		[1500, 'm', 1.5],
		[2, 'nmi', 3.704],
		[1000, 'ft', 0.3048],
		[212, '°F', 100],
		[-40, '°F', -40],
		[0, 'K', -273.15],
		[10, 'gal', 37.85411784],
		[10, 'gal(UK)', 45.4609],
		[250, 'ml', 0.25],
		[2.5, 'bar', 250],
		[100, 'psi', 689.4757293168],
		[12_600, 'mV', 12.6],
		[90, 's', 1.5],
		[2, 'h', 120],
		[3, 'd', 4320],
		[15, '%', 15],
	])('turns %d %s into %d', (value, name, canonical) => {
		expect(toCanonical(value, name)).toBeCloseTo(canonical, 9);
	});

	it('leaves canonical units and unknown ones as they are', () => {
		for (const name of ['km/h', 'km', '°C', 'L', 'kPa', 'V', 'min', '%', 'furlong', 'constructor']) {
			expect(toCanonical(12.3, name)).toBe(12.3);
			expect(differenceToCanonical(12.3, name)).toBe(12.3);
		}
	});
});

describe('differenceToCanonical', () => {
	it('knows no zero point', () => {
		expect(differenceToCanonical(9, '°F')).toBe(5);
		expect(differenceToCanonical(9, 'K')).toBe(9);
		expect(differenceToCanonical(60, 'mph')).toBeCloseTo(96.56064, 9);
	});

	it('is the difference of two converted values', () => {
		const value = fc.integer({ min: -1000, max: 1000 });
		fc.assert(
			fc.property(value, value, fc.constantFrom(...UNIT_NAMES), (a, b, name) => {
				expect(toCanonical(a, name) - toCanonical(b, name)).toBeCloseTo(
					differenceToCanonical(a - b, name),
					6,
				);
				expect(UNITS[name].times).toBeGreaterThan(0);
			}),
		);
	});
});
