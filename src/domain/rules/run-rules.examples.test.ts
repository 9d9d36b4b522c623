import type { Rule } from './rule';
import { evaluateSlowly } from './testing/reference-evaluator';
import { comparable, runTrace } from './testing/run-trace';
import { inShort, shortTrace, type ShortReports } from './testing/short-trace';

interface Example {
	readonly what: string;
	readonly rules: readonly Partial<Rule>[];
	readonly reports: ShortReports;
	readonly happens: readonly string[];
}

/** What random cases found at one time or another. */
const EXAMPLES: readonly Example[] = [
	{
		what: 'a number that is referred to is not looked for in a text',
		rules: [{ pattern: { attribute: 'c', operator: 'contains', value: { attribute: 'a' } } }],
		reports: [[0, { a: 0, c: '2026-03-02' }]],
		happens: [],
	},
	{
		what: 'nothing is more than the greatest number, whatever other rules compare',
		rules: [
			{ pattern: { attribute: 'a', operator: 'gt', value: Number.MAX_VALUE } },
			{
				pattern: {
					first: { attribute: 'a', operator: 'eq', value: { record: 'limit' } },
					then: { attribute: 'a', operator: 'between', value: [0, 0] },
					withinSeconds: 100,
				},
			},
		],
		reports: [[0, { a: 0 }]],
		happens: [],
	},
	{
		what: 'a text that is no ISO date is not within days',
		rules: [{ pattern: { attribute: 'c', operator: 'withinDays', value: 0 } }],
		reports: [[0, { c: '1' }]],
		happens: [],
	},
	{
		what: 'a rule fires as often a day as it may, and again on the next',
		rules: [
			{
				pattern: { attribute: 'a', operator: 'gt', value: 1 },
				fire: { on: 'edge', cooldownSeconds: 0, maxPerDay: 1 },
			},
		],
		reports: [
			[0, { a: 2 }],
			[10, { a: 1 }],
			[20, { a: 2 }],
			[86_400, { a: 1 }],
			[86_410, { a: 2 }],
		],
		happens: ['1 fired 0', '1 cleared 10', '1 suppressed 20', '1 fired 86410'],
	},
	{
		what: 'how often a day outlasts that the rule did not watch for a while',
		rules: [
			{
				pattern: { attribute: 'a', operator: 'gt', value: 1 },
				scope: { vehicles: 'customer', customerId: 2 },
				fire: { on: 'edge', cooldownSeconds: 0, maxPerDay: 1 },
			},
		],
		reports: [
			[0, { a: 2 }, { customerId: 2 }],
			[10, {}, { customerId: null }],
			[20, {}, { customerId: 2 }],
			[30, { a: 0 }, { customerId: 2 }],
			[40, {}, { customerId: null }],
			[50, { a: 2 }, { customerId: 2 }],
		],
		happens: ['1 fired 0', '1 cleared 10', '1 suppressed 20', '1 suppressed 50'],
	},
];

describe('examples that random cases found', () => {
	it.each(EXAMPLES)('$what', ({ rules, reports, happens }) => {
		const trace = shortTrace(rules, reports);
		expect(inShort(comparable(runTrace(trace).get(1) ?? []))).toEqual(happens);
		const expected = evaluateSlowly(
			trace.steps.map(({ report }) => report),
			trace.until,
		);
		expect(inShort(expected)).toEqual(happens);
	});
});
