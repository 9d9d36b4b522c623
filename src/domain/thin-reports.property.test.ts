import fc from 'fast-check';
import { keptOfHours } from '../../test/lib/thinning-reference';
import { HOUR_MS, reportThinner, type ThinnableReport } from './thin-reports';

const START = Date.parse('2026-03-01T08:00:00Z');

/** Few times and values, so that many are equal. */
const arbitraryReports = fc
	.array(
		fc.record({
			vehicleId: fc.integer({ min: 1, max: 2 }),
			reportedAt: fc.integer({ min: 0, max: 12 }).map((quarter) => START + (quarter * HOUR_MS) / 4),
			sequence: fc.integer({ min: 0, max: 2 }),
			attributes: fc.dictionary(
				fc.constantFrom('speed', 'fuelLevel', 'driver', '__proto__'),
				fc.oneof(fc.integer({ min: -2, max: 2 }), fc.constantFrom(-0, 1e308, 'Ann', true)),
			),
		}),
		{ maxLength: 60 },
	)
	.map((reports) => reports.map((report, index): ThinnableReport => ({ id: index + 1, ...report })))
	.map((reports) =>
		reports.sort((a, b) => a.vehicleId - b.vehicleId || a.reportedAt - b.reportedAt || a.id - b.id),
	);

function keptByThinner(reports: readonly ThinnableReport[]): number[] {
	const thinner = reportThinner();
	const dropped = new Set(reports.flatMap((report) => thinner.take(report)));
	return reports
		.map(({ id }) => id)
		.filter((id) => !dropped.has(id))
		.sort((a, b) => a - b);
}

describe('thinning reports', () => {
	it('keeps of each hour what the slow way keeps', () => {
		fc.assert(
			fc.property(arbitraryReports, (reports) => {
				expect(keptByThinner(reports)).toEqual(keptOfHours(reports));
			}),
			{ numRuns: 1000 },
		);
	});

	it('drops nothing the second time, and nothing twice', () => {
		fc.assert(
			fc.property(arbitraryReports, (reports) => {
				const kept = new Set(keptByThinner(reports));
				const left = reports.filter(({ id }) => kept.has(id));
				expect(keptByThinner(left)).toEqual([...kept]);
				const thinner = reportThinner();
				const dropped = reports.flatMap((report) => thinner.take(report));
				expect(new Set(dropped).size).toBe(dropped.length);
			}),
			{ numRuns: 500 },
		);
	});

	it('keeps a quiet hour, and of a busy one its ends and extremes', () => {
		const report = (id: number, minutes: number, speed: number) => ({
			id,
			vehicleId: 1,
			reportedAt: START + minutes * 60_000,
			sequence: 0,
			attributes: { speed, driver: 'Ann' },
		});
		const busy = [50, 60, 55, 0, 70, 70, 0, 40, 45].map((speed, index) =>
			report(index + 1, index * 6, speed),
		);
		expect(keptByThinner(busy)).toEqual([1, 4, 5, 9]);
		expect(keptByThinner([report(1, 0, 5), report(2, 59, 5), report(3, 60, 5)])).toEqual([1, 2, 3]);
	});
});
