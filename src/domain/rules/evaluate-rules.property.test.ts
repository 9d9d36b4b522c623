import fc from 'fast-check';
import { compileRules } from './compile-rules';
import { evaluateRules } from './evaluate-rules';
import type { EdgeState, VehicleFacts } from './evaluate-rules';
import type { Rule } from './rule';
import {
	arbitraryAttributes,
	arbitraryRules,
	arbitraryTrace,
	arbitraryWatches,
} from './testing/arbitrary-rules';
import { makeRule } from './testing/make-rule';
import { evaluateSlowly, meetsPattern, remember } from './testing/reference-evaluator';
import type { TaskWatch } from './watched-rules';

type States = Map<number, ReadonlyMap<number, EdgeState>>;

/** Runs the trace through engine and reference, keeping states from report to report as a feed does. */
function checkTrace(
	sets: readonly { rules: Rule[]; taskWatches: TaskWatch[] }[],
	trace: readonly Omit<VehicleFacts, 'at'>[],
): void {
	const states: States = new Map();
	const compiled = sets.map((active) => compileRules(active));
	trace.forEach((report, index) => {
		// The rules change in mid-trace, as they do when an operator saves one.
		const half = Math.min(sets.length - 1, Math.floor((index * sets.length) / trace.length));
		const [active, ruleSet] = [sets[half], compiled[half]];
		if (active === undefined || ruleSet === undefined) throw new Error('no rules');
		const facts = { ...report, at: index * 1000 };
		const before = states.get(facts.vehicleId) ?? new Map<number, EdgeState>();
		const expected = evaluateSlowly(active.rules, active.taskWatches, facts, before);
		const actual = evaluateRules(ruleSet, facts, before);
		expect(actual.map(({ ruleId, kind, taskId }) => ({ ruleId, kind, taskId }))).toEqual(expected);
		states.set(facts.vehicleId, remember(before, expected, facts.at));
	});
}

describe('evaluateRules against the reference', () => {
	it('finds the same transitions for any rules and any trace', () => {
		fc.assert(
			fc.property(arbitraryRules(30), arbitraryWatches, arbitraryTrace, (rules, taskWatches, trace) =>
				checkTrace([{ rules, taskWatches }], trace),
			),
			{ numRuns: 400 },
		);
	});

	it('finds the same transitions when rules and tasks change in between', () => {
		const set = fc.record({ rules: arbitraryRules(20), taskWatches: arbitraryWatches });
		fc.assert(
			fc.property(set, set, arbitraryTrace, (before, after, trace) => checkTrace([before, after], trace)),
			{ numRuns: 200 },
		);
	});

	it('finds the same rules after it has learnt from reports', () => {
		const reports = fc.sample(arbitraryAttributes, { numRuns: 1200, seed: 7 });
		const [rules = []] = fc.sample(arbitraryRules(300, 300), { numRuns: 1, seed: 7 });
		const everywhere = rules.map((rule) => makeRule({ id: rule.id, pattern: rule.pattern }));
		const ruleSet = compileRules({ rules: everywhere, taskWatches: [] });
		for (const attributes of reports) {
			const facts = { vehicleId: 1, customerId: null, attributes, at: 0 };
			const fired = evaluateRules(ruleSet, facts, new Map()).map(({ ruleId }) => ruleId);
			const met = everywhere.filter(({ pattern }) => meetsPattern(pattern, attributes)).map(({ id }) => id);
			expect(fired).toEqual(met);
		}
	});
});
