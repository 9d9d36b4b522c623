import fc from 'fast-check';
import { compileRules, type RuleSet } from './compile-rules';
import type { Facts } from './facts';
import type { Rule } from './rule';
import { attributes } from './testing/arbitrary-comparisons';
import { arbitraryRules, arbitraryWatches } from './testing/arbitrary-rules';
import { begin, position, vehicleRecord } from './testing/arbitrary-traces';
import { FENCES } from './testing/fences';
import { evaluateSlowly } from './testing/reference-evaluator';
import type { ActiveSet, TraceReport } from './testing/reference-facts';
import { watchOf } from './testing/reference-watch';

const arbitraryReport = fc
	.record({
		id: fc.integer({ min: 1, max: 3 }),
		record: vehicleRecord,
		at: begin,
		attributes,
		position: fc.option(position),
	})
	.map(({ id, record, ...report }) => ({ ...report, vehicle: { id, ...record } }));
type FirstReport = typeof arbitraryReport extends fc.Arbitrary<infer T> ? T : never;

/** Ids of the rules that are to be looked at. */
function foundBy(ruleSet: RuleSet, { vehicle, ...report }: FirstReport): number[] {
	const facts: Facts = {
		...report,
		vehicleId: vehicle.id,
		customerId: vehicle.customerId,
		vehicleAttributes: vehicle.attributes,
		customerAttributes: vehicle.customerAttributes,
	};
	const count = ruleSet.match(facts);
	return Array.from(ruleSet.found.slice(0, count), (place) => ruleSet.rules[place]?.id ?? 0).sort(
		(a, b) => a - b,
	);
}

/** Rules that fire at once when this is the vehicle's first report. */
function firedAtOnce(active: ActiveSet, report: FirstReport): number[] {
	const first: TraceReport = { ...report, active, acknowledges: false };
	return evaluateSlowly([first], report.at)
		.filter(({ kind }) => kind === 'fired')
		.map(({ ruleId }) => ruleId);
}

function expectFound(ruleSet: RuleSet, active: ActiveSet, report: FirstReport): void {
	const found = foundBy(ruleSet, report);
	const fired = firedAtOnce(active, report);
	expect(found).toEqual(expect.arrayContaining(fired));
	// A plain rule is decided by the index alone.
	const plain = found.filter((id) => ruleSet.isPlain(ruleSet.placeOf(id) ?? -1));
	expect(fired).toEqual(expect.arrayContaining(plain));
	const watched = found.filter((id) => watchOf(id, { ...report, active, acknowledges: false }) !== undefined);
	expect(watched).toEqual(found);
}

const reports = fc.array(arbitraryReport, { minLength: 1, maxLength: 8 });

describe('the index of rules', () => {
	it('finds every rule that a first report fires, and of the plain ones no other', () => {
		fc.assert(
			fc.property(arbitraryRules(30), arbitraryWatches, reports, (rules, taskWatches, some) => {
				const active = { rules, taskWatches, geofences: FENCES };
				const ruleSet = compileRules(active);
				for (const report of some) expectFound(ruleSet, active, report);
			}),
			{ numRuns: 150 },
		);
	});

	it('finds the same when rules were changed in it one after the other as when it is made anew', () => {
		const rulesAndWhen = fc.tuple(
			arbitraryRules(8, 1),
			fc.array(fc.array(fc.tuple(fc.nat(7), fc.constantFrom('out', 'in', 'other')), { maxLength: 4 }), {
				minLength: 1,
				maxLength: 4,
			}),
		);
		fc.assert(
			fc.property(rulesAndWhen, arbitraryWatches, reports, ([all, changes], taskWatches, some) => {
				const now = new Map(all.filter(({ enabled }) => enabled).map((rule) => [rule.id, rule]));
				let patched = compileRules({ rules: [...now.values()], taskWatches: [], geofences: FENCES });
				for (const [index, change] of changes.entries()) {
					const gone = new Set<number>();
					const changed = new Map<number, Rule>();
					for (const [which, what] of change) {
						const rule = all[which % all.length];
						const other = all[(which + index + 1) % all.length];
						if (rule === undefined || other === undefined || gone.has(rule.id) || changed.has(rule.id))
							continue;
						if (what === 'out') gone.add(rule.id);
						else changed.set(rule.id, { ...(what === 'in' ? rule : other), id: rule.id, enabled: true });
					}
					for (const id of gone) now.delete(id);
					for (const [id, rule] of changed) now.set(id, rule);
					const isFirst = index === 0;
					patched = patched.withChanges({
						changed: [...changed.values()],
						gone: [...gone],
						taskWatches: isFirst ? taskWatches : null,
						geofences: null,
					});
					const active = { rules: [...now.values()], taskWatches, geofences: FENCES };
					const anew = compileRules(active);
					for (const report of some) {
						expect(foundBy(patched, report)).toEqual(foundBy(anew, report));
						expectFound(patched, active, report);
					}
				}
			}),
			{ numRuns: 150 },
		);
	});

	it('finds the same rules after it has learnt from reports', () => {
		const [rules = []] = fc.sample(arbitraryRules(200, 200), { numRuns: 1, seed: 7 });
		const active = { rules, taskWatches: [], geofences: FENCES };
		const ruleSet = compileRules(active);
		for (const report of fc.sample(arbitraryReport, { numRuns: 1200, seed: 7 })) {
			foundBy(ruleSet, report);
		}
		for (const report of fc.sample(arbitraryReport, { numRuns: 20, seed: 8 })) {
			expectFound(ruleSet, active, report);
		}
	});
});
