import fc from 'fast-check';
import { mergeStatus } from '../merge-status';
import { compileRules } from './compile-rules';
import { carriedBy } from './facts';
import type { Aggregate, Pattern } from './pattern';
import type { Rule } from './rule';
import type { RuleState } from './rule-state';
import { runReport, runTimers } from './run-rules';
import type { RuleRun, RuleTransition } from './run-rules';
import { makeRule } from './testing/make-rule';

interface Step {
	readonly afterMs: number;
	readonly attributes: Readonly<Record<string, number | string>>;
	readonly customerId: number;
	/** The states go through JSON, those alone that are said to have changed. */
	readonly restarts: boolean;
	/** Every second rule is of its other version. */
	readonly isOther: boolean;
}

const number = fc.integer({ min: 0, max: 4 });
const aggregate: fc.Arbitrary<Aggregate> = fc.record({
	aggregate: fc.constantFrom('average', 'sum', 'min', 'change'),
	attribute: fc.constantFrom('a', 'a', 'b'),
	withinSeconds: fc.constantFrom(30, 30, 30, 300),
	operator: fc.constantFrom('gt', 'lte'),
	value: number,
});
const anyAggregate = fc.oneof(
	{ weight: 3, arbitrary: aggregate },
	aggregate.map(({ attribute: _, ...fields }): Aggregate => ({ ...fields, aggregate: 'distance' })),
);
const guard = fc.record({
	attribute: fc.constant('c'),
	operator: fc.constantFrom('gt', 'lt'),
	value: number,
});
const pattern: fc.Arbitrary<Pattern> = fc.oneof(
	{ weight: 4, arbitrary: fc.tuple(guard, anyAggregate).map(([one, other]) => ({ all: [one, other] })) },
	fc.tuple(guard, anyAggregate).map(([one, other]) => ({ any: [one, other] })),
	fc.tuple(anyAggregate, anyAggregate).map((all) => ({ all })),
	anyAggregate,
);
const rule = (id: number): fc.Arbitrary<Rule> =>
	fc
		.record({
			pattern,
			scope: fc.constantFrom<Rule['scope'][]>(
				{ vehicles: 'all' },
				{ vehicles: 'all' },
				{ vehicles: 'customer', customerId: 1 },
			),
			fire: fc.constantFrom<Rule['fire'][]>(
				{ on: 'edge', cooldownSeconds: 0 },
				{ on: 'edge', cooldownSeconds: 0, clearAfterSeconds: 25 },
			),
		})
		.map((fields) => makeRule({ id, ...fields }));
const rules = fc.tuple(...[1, 2, 3, 4, 5].map(rule));
const step: fc.Arbitrary<Step> = fc.record({
	afterMs: fc.constantFrom(0, 1000, 10_000, 10_000, 29_999, 60_000),
	attributes: fc.oneof(
		{ weight: 5, arbitrary: fc.record({ a: number, c: number }) },
		fc.record({ b: number, c: number }),
		fc.record({ a: number, b: number, c: number }),
		fc.record({ a: fc.constant('none') }),
	),
	customerId: fc.constantFrom(1, 1, 1, 2),
	restarts: fc.boolean(),
	isOther: fc.constantFrom(false, false, false, true),
});

function follow(versions: readonly (readonly Rule[])[], steps: readonly Step[]): RuleTransition[] {
	const sets = versions.map((of) => compileRules({ rules: of, taskWatches: [], geofences: [] }));
	const saved = new Map<number, RuleState>();
	const done: RuleTransition[] = [];
	let run = null as RuleRun | null;
	let at = 0;
	for (const { afterMs, attributes, customerId, restarts, isOther } of steps) {
		at += afterMs;
		const vehicle = { id: 1, customerId, attributes: {}, customerAttributes: {} };
		const states: RuleRun['states'] = restarts ? new Map(copied([...saved])) : (run?.states ?? new Map());
		run = { vehicle, status: run?.status ?? null, states, changed: new Set() };
		const { a, b } = attributes;
		const position = typeof b === 'number' ? { latitude: b, longitude: Number(a ?? 0) } : null;
		const message = { messageId: '', reportedAt: at, sequence: 0, position, attributes };
		const status = mergeStatus(run.status, message, 1, at);
		const ruleSet = sets[isOther ? 1 : 0];
		if (status === null || ruleSet === undefined) throw new Error('steps are in order');
		done.push(...runTimers(ruleSet, run, at - 1));
		done.push(...runReport(ruleSet, run, status, carriedBy(message)));
		for (const id of run.changed) {
			const state = run.states.get(id);
			if (state === undefined) saved.delete(id);
			else saved.set(id, copied(state));
		}
	}
	return done;
}

function copied<T>(value: T): T {
	return JSON.parse(JSON.stringify(value)) as T;
}

const inWords = (transitions: readonly RuleTransition[]): string[] =>
	transitions.map(({ kind, ruleId, at }) => `${at}: ${ruleId} ${kind}`).sort();

it('what rules share with others changes nothing: each fires as it does alone', () => {
	const property = fc.property(rules, rules, fc.array(step, { maxLength: 25 }), (before, after, steps) => {
		const other = before.map((one, i) => (i % 2 === 0 ? one : (after[i] ?? one)));
		const alone = before.flatMap((one, i) => follow([[one], [other[i] ?? one]], steps));
		expect(inWords(follow([before, other], steps))).toEqual(inWords(alone));
	});
	fc.assert(property, { numRuns: Number(process.env.FLEET_PROPERTY_CASES ?? 1000) / 5 });
});
