import fc from 'fast-check';
import { compareReports } from './merge-status';
import { isLate, releaseReports } from './release-reports';

const at = (reportedAt: number, sequence = 0) => ({ reportedAt, sequence });
const held = (reportedAt: number, sequence = 0, dueAt = reportedAt + 10) => ({
	message: at(reportedAt, sequence),
	dueAt,
});
const NO_CLOCK = Number.NEGATIVE_INFINITY;

describe('isLate', () => {
	it('is every report that is not the newest, when no delay is allowed', () => {
		const seen = { newest: at(100, 5), evaluated: at(100, 5) };
		expect([at(99), at(100, 4), at(100, 5), at(101)].map((one) => isLate(one, seen, 0))).toEqual([
			true,
			true,
			false,
			false,
		]);
		expect(isLate(at(1), { newest: null, evaluated: null }, 0)).toBe(false);
	});

	it('begins beyond the allowed delay, or before what was evaluated', () => {
		const seen = { newest: at(100), evaluated: at(93, 2) };
		expect([at(89), at(90), at(93, 1), at(93, 2), at(94)].map((one) => isLate(one, seen, 10))).toEqual([
			true,
			true,
			true,
			false,
			false,
		]);
		expect(isLate(at(90), { newest: at(100), evaluated: null }, 10)).toBe(false);
		expect(isLate(at(89), { newest: at(100), evaluated: null }, 10)).toBe(true);
	});
});

describe('releaseReports', () => {
	it('lets go what a newer report has left far enough behind, in order', () => {
		const [a, b, c, d] = [held(30), held(10), held(20, 2), held(20, 1)];
		expect(releaseReports([a, b, c, d], { upTo: 20, now: NO_CLOCK })).toEqual({
			released: [b, d, c],
			held: [a],
		});
	});

	it('lets go what the clock has waited for, and all that comes before it', () => {
		const [early, due, later] = [held(10, 0, 1000), held(20, 0, 50), held(21, 0, 51)];
		expect(releaseReports([later, due, early], { upTo: 0, now: 50 })).toEqual({
			released: [early, due],
			held: [later],
		});
	});

	it('keeps everything when no wait is over', () => {
		const waiting = [held(10), held(20)];
		expect(releaseReports(waiting, { upTo: 9, now: 19 })).toEqual({ released: [], held: waiting });
	});

	it('makes of every order of arrival within the delay the one order of the reports', () => {
		const delay = 10;
		const arrivals = fc
			.uniqueArray(fc.nat(200), { minLength: 1, maxLength: 30 })
			.chain((times) =>
				fc.tuple(...times.map((time) => fc.record({ time: fc.constant(time), lag: fc.nat(delay) }))),
			)
			.map((list) => [...list].sort((x, y) => x.time + x.lag - (y.time + y.lag)));
		fc.assert(
			fc.property(arrivals, (list) => {
				let waiting: readonly ReturnType<typeof held>[] = [];
				let newest: ReturnType<typeof at> | null = null;
				const evaluated: ReturnType<typeof at>[] = [];
				for (const { time } of list) {
					expect(isLate(at(time), { newest, evaluated: evaluated.at(-1) ?? null }, delay)).toBe(false);
					if (newest === null || time > newest.reportedAt) newest = at(time);
					const parted = releaseReports([...waiting, held(time)], {
						upTo: newest.reportedAt - delay,
						now: NO_CLOCK,
					});
					evaluated.push(...parted.released.map(({ message }) => message));
					waiting = parted.held;
				}
				evaluated.push(
					...releaseReports(waiting, { upTo: 1000, now: NO_CLOCK }).released.map(({ message }) => message),
				);
				expect(evaluated).toEqual(list.map(({ time }) => at(time)).sort(compareReports));
			}),
		);
	});
});
