import type { RuleSet } from './compile-rules';
import { describePattern } from './describe-pattern';
import { Moment } from './nodes/moment';
import type { PatternNode } from './nodes/pattern-node';
import { memoryOf, planAt, plansOf } from './rule-plan';
import { NEVER_MET } from './rule-state';
import type { RuleRun } from './run-rules';

/** A pattern, or a part of one, at one moment. */
export interface Explanation {
	/** The part in words. */
	readonly text: string;
	readonly met: boolean;
	/** What decided, or how near it is: the value, `held for 9:40 of 10:00`, `2 of 3 times within 10:00`. */
	readonly detail?: string;
	readonly parts?: readonly Explanation[];
}

/**
 * How the rule's pattern stands for a vehicle at `now` (milliseconds), not before its last report: as a timer that
 * rang then would find it, so that what only a report can meet is not met. Changes nothing. Null for a rule that is
 * not in the set.
 */
export function explainRule(ruleSet: RuleSet, run: RuleRun, ruleId: number, now: number): Explanation | null {
	const place = ruleSet.placeOf(ruleId);
	if (place === undefined) return null;
	const plan = planAt(plansOf(ruleSet), ruleSet, place);
	const { vehicle, status } = run;
	const { fences } = ruleSet;
	const moment = new Moment({ vehicle, fences, at: now, status, carried: null, before: null });
	const memory = memoryOf(plan, run.states.get(ruleId) ?? NEVER_MET);
	return explain(plan.pattern, moment, memory, plan.rule.maxGapSeconds);
}

function explain(
	node: PatternNode,
	moment: Moment,
	memory: readonly unknown[],
	maxGapSeconds: number | undefined,
): Explanation {
	// Each part is asked as if for itself, from a copy of the same memory: none takes a moment twice.
	moment.load(memory.map((value) => (Array.isArray(value) ? [...(value as unknown[])] : value)));
	const met = node.meets(moment);
	const detail = node.detail?.(moment);
	const parts = node.parts.map((part) => explain(part, moment, memory, maxGapSeconds));
	return {
		text: describePattern(node.pattern, maxGapSeconds),
		met,
		...(detail !== undefined && { detail }),
		...(parts.length > 0 && { parts }),
	};
}
