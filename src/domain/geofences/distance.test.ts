import { greatCircleKilometers } from './distance';

const BERLIN = { longitude: 13.4, latitude: 52.52 };

describe('greatCircleKilometers', () => {
	it.each([
		['a degree of the equator', { longitude: 0, latitude: 0 }, { longitude: 1, latitude: 0 }, 111.19508],
		['a degree of a meridian', { longitude: 7, latitude: 50 }, { longitude: 7, latitude: 51 }, 111.19508],
		['Berlin to Paris', BERLIN, { longitude: 2.35, latitude: 48.86 }, 877.11],
		[
			'over the antimeridian',
			{ longitude: 179.5, latitude: 0 },
			{ longitude: -179.5, latitude: 0 },
			111.19508,
		],
		['pole to pole', { longitude: 0, latitude: 90 }, { longitude: 90, latitude: -90 }, Math.PI * 6371.0088],
	])('measures %s', (_, from, to, kilometers) => {
		expect(greatCircleKilometers(from, to)).toBeCloseTo(kilometers, 1);
		expect(greatCircleKilometers(to, from)).toBeCloseTo(kilometers, 1);
	});

	it('is 0 for a vehicle that stands still, and exact for centimetres', () => {
		expect(greatCircleKilometers(BERLIN, BERLIN)).toBe(0);
		const near = { ...BERLIN, latitude: BERLIN.latitude + 1e-7 };
		expect(greatCircleKilometers(BERLIN, near) * 1000).toBeCloseTo(0.01112, 4);
	});
});
