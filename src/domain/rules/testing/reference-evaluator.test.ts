import fc from 'fast-check';
import type { Pattern } from '../pattern';
import type { Rule } from '../rule';
import { arbitraryTrace } from './arbitrary-traces';
import { evaluateSlowly } from './reference-evaluator';
import { inShort, shortTrace } from './short-trace';

const low: Pattern = { attribute: 'fuel', operator: 'lt', value: 15 };

/** What happens up to the second 100; `fuels` is what is reported at which second. */
function happens(
	fields: Partial<Rule>,
	fuels: readonly (readonly [second: number, fuel: number])[],
): string[] {
	const { steps, until } = shortTrace(
		[fields],
		fuels.map(([second, fuel]) => [second, { fuel }]),
	);
	return inShort(
		evaluateSlowly(
			steps.map(({ report }) => report),
			until,
		),
	);
}

describe('the reference', () => {
	it.each<[string, Partial<Rule>, [number, number][], string[]]>([
		[
			'edge',
			{ pattern: low },
			[
				[0, 9],
				[5, 8],
				[9, 20],
				[12, 3],
			],
			['1 fired 0', '1 cleared 9', '1 fired 12'],
		],
		[
			'duration',
			{ pattern: { holds: low, forSeconds: 30 } },
			[
				[0, 9],
				[40, 20],
			],
			['1 fired 30', '1 cleared 40'],
		],
		[
			'gap',
			{ pattern: { holds: low, forSeconds: 30 }, maxGapSeconds: 20 },
			[
				[0, 9],
				[25, 9],
				[40, 9],
				[55, 9],
			],
			['1 fired 55'],
		],
		[
			'absence',
			{ pattern: { absent: { forSeconds: 20 } } },
			[
				[0, 1],
				[20, 1],
				[41, 1],
			],
			['1 fired 40', '1 cleared 41', '1 fired 61'],
		],
		[
			'nothing after',
			{
				pattern: { first: low, thenNot: { attribute: 'fuel', operator: 'gt', value: 50 }, withinSeconds: 30 },
			},
			[
				[0, 9],
				[10, 60],
				[20, 9],
			],
			['1 fired 50'],
		],
		[
			'clear',
			{ pattern: low, clear: { attribute: 'fuel', operator: 'gt', value: 20 } },
			[
				[0, 9],
				[5, 18],
				[9, 21],
			],
			['1 fired 0', '1 cleared 9'],
		],
		[
			'reminder and end',
			{
				pattern: low,
				fire: { on: 'edge', cooldownSeconds: 0, remindEverySeconds: 30, clearAfterSeconds: 60 },
			},
			[[0, 9]],
			['1 fired 0', '1 reminded 30', '1 cleared 60'],
		],
	])('%s', (_name, fields, fuels, expected) => {
		expect(happens(fields, fuels)).toEqual(expected);
	});

	it('finds that the random cases make everything happen, and often', () => {
		const traces = fc.sample(arbitraryTrace(), { numRuns: 300, seed: 1 });
		const kinds = traces.map(({ steps, until }) => {
			const reports = steps.map(({ report }) => report).filter(({ vehicle }) => vehicle.id === 1);
			return new Set(evaluateSlowly(reports, until).map(({ kind }) => kind));
		});
		expect(kinds.filter(({ size }) => size > 0).length).toBeGreaterThan(100);
		const all = new Set(kinds.flatMap((some) => [...some]));
		expect([...all].sort()).toEqual(['cleared', 'escalated', 'fired', 'reminded', 'suppressed']);
	});
});
