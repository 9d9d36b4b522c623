import type { Attributes } from '../attributes';
import { compileRules } from './compile-rules';
import { evaluateRules } from './evaluate-rules';
import type { EdgeState } from './evaluate-rules';
import type { Comparison, Pattern } from './pattern';
import { makeRule } from './testing/make-rule';
import { meetsComparison } from './testing/reference-evaluator';

const facts = (attributes: Attributes, at = 0, vehicleId = 1, customerId: number | null = null) => ({
	vehicleId,
	customerId,
	attributes,
	at,
});

const state = (isMet: boolean, lastFiredAt: number | null = null): Map<number, EdgeState> =>
	new Map([[1, { isMet, lastFiredAt }]]);

/** Asked alone, and among so many others that an index is used. */
function isMet(pattern: Pattern, attributes: Attributes): boolean {
	const fillers = Array.from({ length: 20 }, (_, i) =>
		makeRule({ id: i + 2, pattern: { attribute: 'a', operator: 'eq', value: `filler ${i}` } }),
	);
	const [alone, indexed] = [[], fillers].map((others) => {
		const ruleSet = compileRules({ rules: [makeRule({ pattern }), ...others], taskWatches: [] });
		return evaluateRules(ruleSet, facts(attributes), new Map()).some(({ ruleId }) => ruleId === 1);
	});
	expect(indexed).toBe(alone);
	return alone === true;
}

describe('operators', () => {
	it.each<[Comparison['operator'], Comparison['value'], unknown[], unknown[]]>([
		['eq', 5, [5], [4, '5', true]],
		['eq', 'on', ['on'], ['On', '', 1]],
		['eq', false, [false], [true, 0, 'false']],
		['eq', 0, [0, -0], ['0']],
		['ne', 5, [4, -5], [5, 'x', true]],
		['ne', 'on', ['off'], ['on', 1]],
		['lt', 15, [14.999, -1e300], [15, 16, '3', true]],
		['lt', 0, [-Number.MIN_VALUE], [0, -0]],
		['lte', 15, [15, 14], [15.0000001, '15']],
		['gt', 15, [15.0000001], [15, 14, '16']],
		['gt', 0, [Number.MIN_VALUE], [0, -0, -1]],
		['gte', 15, [15, 16], [14.999]],
		['between', [5, 10], [5, 7, 10], [4.999, 10.001, '7']],
		['in', ['a', 2, true], ['a', 2, true], ['b', 3, false, '2']],
		['contains', 'Err', ['error 7', 'an ERR'], ['er', 5, true]],
		['exists', undefined, [0, '', false], []],
	])('%s %j', (operator, value, met, notMet) => {
		const comparison: Comparison = { attribute: 'a', operator, ...(value === undefined ? {} : { value }) };
		for (const actual of met as Attributes[string][]) {
			expect([actual, isMet(comparison, { a: actual })]).toEqual([actual, true]);
			expect(meetsComparison(comparison, { a: actual })).toBe(true);
		}
		for (const actual of notMet as Attributes[string][]) {
			expect([actual, isMet(comparison, { a: actual })]).toEqual([actual, false]);
			expect(meetsComparison(comparison, { a: actual })).toBe(false);
		}
		expect(isMet(comparison, { other: 1 })).toBe(false);
	});

	it('missing is met only by what was never reported', () => {
		expect(isMet({ attribute: 'a', operator: 'missing' }, { b: 1 })).toBe(true);
		expect(isMet({ attribute: 'a', operator: 'missing' }, { a: 0 })).toBe(false);
		expect(isMet({ attribute: 'constructor', operator: 'missing' }, {})).toBe(true);
	});

	it('joins by all, any and not', () => {
		const low: Pattern = { attribute: 'fuel', operator: 'lt', value: 15 };
		const moving: Pattern = { attribute: 'speed', operator: 'gt', value: 0 };
		expect(isMet({ all: [low, moving] }, { fuel: 10, speed: 5 })).toBe(true);
		expect(isMet({ all: [low, moving] }, { fuel: 10, speed: 0 })).toBe(false);
		expect(isMet({ any: [low, moving] }, { speed: 5 })).toBe(true);
		expect(isMet({ any: [low, moving] }, { fuel: 50, speed: 0 })).toBe(false);
		expect(isMet({ not: low }, {})).toBe(true);
		expect(isMet({ not: { any: [low, { not: moving }] } }, { fuel: 20, speed: 1 })).toBe(true);
	});
});

describe('firing', () => {
	const ruleSet = compileRules({
		rules: [makeRule({ fire: { on: 'edge', cooldownSeconds: 60 } })],
		taskWatches: [],
	});
	const kinds = (fuelLevel: number, at: number, states: Map<number, EdgeState>) =>
		evaluateRules(ruleSet, facts({ fuelLevel }, at), states).map(({ kind }) => kind);

	it('fires once when the pattern becomes true, with the values that met it', () => {
		const transitions = evaluateRules(ruleSet, facts({ fuelLevel: 9, speed: 3 }), new Map());
		expect(transitions).toMatchObject([{ kind: 'fired', ruleId: 1, taskId: null }]);
		expect(transitions[0]?.evidence).toEqual({ fuelLevel: 9 });
		expect(transitions[0]?.rule?.name).toBe('Low fuel');
		expect(kinds(9, 1, state(true))).toEqual([]);
	});

	it('clears when it becomes false, and when the attribute is gone', () => {
		expect(kinds(20, 1, state(true))).toEqual(['cleared']);
		expect(kinds(20, 1, state(false))).toEqual([]);
		expect(evaluateRules(ruleSet, facts({}), state(true))).toMatchObject([{ kind: 'cleared', evidence: {} }]);
	});

	it('is quiet within the cooldown', () => {
		expect(kinds(9, 59_999, state(false, 0))).toEqual(['suppressed']);
		expect(kinds(9, 60_000, state(false, 0))).toEqual(['fired']);
		expect(kinds(9, 60_000, state(true, 0))).toEqual([]);
	});

	it('clears a rule that is not in the set any more', () => {
		expect(evaluateRules(ruleSet, facts({}), new Map([[99, { isMet: true, lastFiredAt: 0 }]]))).toEqual([
			{ kind: 'cleared', ruleId: 99, rule: null, taskId: null, evidence: {} },
		]);
	});
});

describe('scope', () => {
	const found = (rule: Parameters<typeof makeRule>[0], vehicleId: number, customerId: number | null) =>
		evaluateRules(
			compileRules({
				rules: [makeRule(rule)],
				taskWatches: [
					{ ruleId: 1, taskId: 70, vehicleId: 7, customerId: 3 },
					{ ruleId: 1, taskId: 69, vehicleId: 7, customerId: null },
					{ ruleId: 1, taskId: 5, vehicleId: null, customerId: 3 },
					{ ruleId: 2, taskId: 1, vehicleId: null, customerId: null },
				],
			}),
			facts({ fuelLevel: 1 }, 0, vehicleId, customerId),
			new Map(),
		).map(({ taskId }) => taskId);

	it('watches one vehicle, or a customer’s', () => {
		expect(found({ scope: { vehicles: 'vehicle', vehicleId: 7 } }, 7, null)).toEqual([null]);
		expect(found({ scope: { vehicles: 'vehicle', vehicleId: 7 } }, 8, null)).toEqual([]);
		expect(found({ scope: { vehicles: 'customer', customerId: 3 } }, 8, 3)).toEqual([null]);
		expect(found({ scope: { vehicles: 'customer', customerId: 3 } }, 8, null)).toEqual([]);
	});

	it('watches through open tasks, the nearest and oldest first, each rule once', () => {
		expect(found({ scope: { vehicles: 'tasks' } }, 7, 3)).toEqual([69]);
		expect(found({ scope: { vehicles: 'tasks' } }, 8, 3)).toEqual([5]);
		expect(found({ scope: { vehicles: 'tasks' } }, 8, 4)).toEqual([]);
		expect(found({ id: 2, scope: { vehicles: 'tasks' } }, 8, 4)).toEqual([1]);
	});

	it('leaves disabled rules out', () => {
		expect(found({ enabled: false }, 7, 3)).toEqual([]);
	});
});
