import fc from 'fast-check';
import { NumberRanks } from './number-ranks';

const number = fc.double({ noNaN: true, noDefaultInfinity: true });
const edge = fc.oneof(number, fc.integer({ min: -3, max: 3 }), fc.constantFrom(-Infinity, Infinity));

describe('NumberRanks', () => {
	it('tells by ranks alone whether a number is in a range, however far apart the ends are', () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(edge, edge), { maxLength: 20 }), fc.array(number), (pairs, others) => {
				const ranges = pairs
					.map(([a, b]) => ({ low: Math.min(a, b), high: Math.max(a, b) }))
					.filter(({ low, high }) => low < Infinity && high > -Infinity);
				const ranks = new NumberRanks(ranges);
				const ends = pairs.flat().filter((end) => Number.isFinite(end));
				for (const value of [...others, ...ends]) {
					const rank = ranks.rankOf(value);
					for (const { low, high } of ranges) {
						const isIn = rank >= ranks.rankOf(low) && rank <= ranks.rankOf(high);
						expect([value, low, high, isIn]).toEqual([value, low, high, value >= low && value <= high]);
					}
				}
			}),
			{ numRuns: 300 },
		);
	});
});
