import fc from 'fast-check';
import { comparisonTest } from './comparison-test';
import { implies } from './implies';
import type { Comparison, Pattern } from './pattern';
import { attributes, comparison, records } from './testing/arbitrary-comparisons';

const below = (value: number): Pattern => ({ attribute: 'a', operator: 'lt', value });
const inside: Pattern = { inside: { geofence: 'depot' } };

describe('implies', () => {
	it.each<[Pattern, Pattern]>([
		[inside, inside],
		[below(5), below(6)],
		[{ attribute: 'a', operator: 'between', value: [1, 2] }, below(3)],
		[
			{ attribute: 'a', operator: 'gt', value: 60, unit: 'mph' },
			{ attribute: 'a', operator: 'gt', value: 90 },
		],
		[{ all: [inside, below(5)] }, below(6)],
		[{ all: [inside, below(5)] }, { any: [{ attribute: 'b', operator: 'exists' }, below(6)] }],
		[{ all: [inside, below(5)] }, { all: [below(6), inside] }],
		[{ any: [below(1), below(2)] }, below(3)],
		[{ holds: below(5), forSeconds: 60 }, below(5)],
		[{ first: inside, then: below(1), withinSeconds: 5 }, below(2)],
	])('%j means %j', (a, b) => {
		expect(implies(a, b)).toBe(true);
	});

	it.each<[Pattern, Pattern]>([
		[below(6), below(5)],
		[below(5), inside],
		[below(5), { ...below(6), of: 'record' } as Pattern],
		[below(5), { not: below(5) }],
		[below(5), { holds: below(5), forSeconds: 60 }],
		[{ any: [below(1), inside] }, below(3)],
		[{ first: below(1), thenNot: below(1), withinSeconds: 5 }, below(1)],
		[{ attribute: 'a', operator: 'crossesBelow', value: 1 }, below(2)],
		[{ aggregate: 'min', attribute: 'a', withinSeconds: 5, operator: 'lt', value: 1 }, below(2)],
	])('%j need not mean %j', (a, b) => {
		expect(implies(a, b)).toBe(false);
	});

	it('is never wrong about what one report decides', () => {
		type Plain = Comparison | { all: Plain[] } | { any: Plain[] };
		const { plain } = fc.letrec<{ plain: Plain }>((tie) => ({
			plain: fc.oneof(
				{ maxDepth: 2 },
				comparison,
				fc.record({ all: fc.array(tie('plain'), { maxLength: 3 }) }),
				fc.record({ any: fc.array(tie('plain'), { maxLength: 3 }) }),
			),
		}));
		const facts = fc.record({ attributes, vehicleAttributes: records, customerAttributes: records });
		const isMet = (pattern: Plain, known: Parameters<ReturnType<typeof comparisonTest>>[0]): boolean => {
			if ('all' in pattern) return pattern.all.every((part) => isMet(part, known));
			if ('any' in pattern) return pattern.any.some((part) => isMet(part, known));
			return comparisonTest(pattern)(known);
		};
		let implied = 0;
		fc.assert(
			fc.property(plain, plain, facts, (a, b, given) => {
				if (!implies(a, b)) return;
				implied++;
				const known = { ...given, vehicleId: 1, customerId: null, position: null, at: 0 };
				expect(!isMet(a, known) || isMet(b, known)).toBe(true);
			}),
			{ numRuns: 5000 },
		);
		expect(implied).toBeGreaterThan(50);
	});
});
