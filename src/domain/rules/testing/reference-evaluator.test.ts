import fc from 'fast-check';
import type { Pattern } from '../pattern';
import type { Rule } from '../rule';
import { arbitraryTrace } from './arbitrary-traces';
import { makeRule } from './make-rule';
import { evaluateSlowly } from './reference-evaluator';
import type { TraceReport } from './reference-facts';

const SECOND = 1000;
const low: Pattern = { attribute: 'fuel', operator: 'lt', value: 15 };

/** Kind and second of all that happens up to the second 100; `fuels` is what is reported at which second. */
function happens(
	fields: Partial<Rule>,
	fuels: readonly (readonly [second: number, fuel: number])[],
): string[] {
	const reports = fuels.map(([second, fuel]): TraceReport => ({
		at: second * SECOND,
		attributes: { fuel },
		position: null,
		vehicle: { id: 1, customerId: null, attributes: {}, customerAttributes: {} },
		active: { rules: [makeRule(fields)], taskWatches: [], geofences: [] },
		acknowledges: false,
	}));
	return evaluateSlowly(reports, 100 * SECOND).map(({ kind, at }) => `${kind} ${at / SECOND}`);
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
			['fired 0', 'cleared 9', 'fired 12'],
		],
		[
			'duration',
			{ pattern: { holds: low, forSeconds: 30 } },
			[
				[0, 9],
				[40, 20],
			],
			['fired 30', 'cleared 40'],
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
			['fired 55'],
		],
		[
			'absence',
			{ pattern: { absent: { forSeconds: 20 } } },
			[
				[0, 1],
				[20, 1],
				[41, 1],
			],
			['fired 40', 'cleared 41', 'fired 61'],
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
			['fired 50'],
		],
		[
			'clear',
			{ pattern: low, clear: { attribute: 'fuel', operator: 'gt', value: 20 } },
			[
				[0, 9],
				[5, 18],
				[9, 21],
			],
			['fired 0', 'cleared 9'],
		],
		[
			'reminder and end',
			{
				pattern: low,
				fire: { on: 'edge', cooldownSeconds: 0, remindEverySeconds: 30, clearAfterSeconds: 60 },
			},
			[[0, 9]],
			['fired 0', 'reminded 30', 'cleared 60'],
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
