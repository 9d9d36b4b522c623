import type { Attributes } from '../../src/domain/attributes';
import { compileRules } from '../../src/domain/rules/compile-rules';
import type { Rule } from '../../src/domain/rules/rule';
import { factsOf } from './rule-sides';
import type { BenchSide } from './measure';

const CHANGES = 20;

/** Changes one rule after the other, and holds a report against each outcome, so that its index is built, too. */
export function changing(what: string, rules: Rule[], reports: readonly Attributes[]): BenchSide {
	const facts = reports.map(factsOf);
	const learnt = compileRules({ rules, taskWatches: [], geofences: [] });
	for (const one of facts) learnt.match(one);
	return {
		what,
		run: () => {
			let ruleSet = learnt;
			for (let i = 0; i < CHANGES; i++) {
				const rule = rules[(i * 499) % rules.length] as Rule;
				const changed = [{ ...rule, version: rule.version + 1 }];
				ruleSet = ruleSet.withChanges({ changed, gone: [], taskWatches: null, geofences: null });
				ruleSet.match(facts[i] as (typeof facts)[number]);
			}
			return CHANGES;
		},
	};
}
