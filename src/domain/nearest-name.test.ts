import * as fc from 'fast-check';
import { editDistance, nearestName } from './nearest-name';

describe('editDistance', () => {
	it.each([
		['kitten', 'sitting', 3],
		['', 'abc', 3],
		['plate', 'plate', 0],
	])('of %j and %j is %d', (a, b, distance) => {
		expect(editDistance(a, b)).toBe(distance);
	});

	it('is the same both ways and zero for equal texts only', () => {
		const text = fc.string({ maxLength: 12 });
		fc.assert(
			fc.property(text, text, (a, b) => {
				expect(editDistance(a, b)).toBe(editDistance(b, a));
				expect(editDistance(a, b) === 0).toBe(a === b);
			}),
		);
	});
});

describe('nearestName', () => {
	const known = ['fuelLevel', 'speed', 'odometer', 'engineOn'];

	it.each([
		['fuellevel', 'fuelLevel'],
		['fuel_level', 'fuelLevel'],
		['speeed', 'speed'],
		['odomter', 'odometer'],
	])('takes %s for %s', (name, expected) => {
		expect(nearestName(name, known)).toBe(expected);
	});

	it.each(['tyrePressure', '', 'x'])('knows nothing near %j', (name) => {
		expect(nearestName(name, known)).toBeNull();
	});
});
