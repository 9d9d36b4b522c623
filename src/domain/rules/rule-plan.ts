import type { RuleSet } from './compile-rules';
import { entryPattern, startsByItself } from './entry-pattern';
import { compileNode } from './nodes/compile-node';
import type { Moment } from './nodes/moment';
import { nodeContext } from './nodes/pattern-node';
import type { PatternNode, Sleep, Timer } from './nodes/pattern-node';
import type { Pattern } from './pattern';
import type { Rule } from './rule';
import type { RuleState } from './rule-state';

/** A rule made ready to be followed through a vehicle's moments. Says nothing about any vehicle. */
export interface RulePlan {
	readonly rule: Rule;
	readonly pattern: PatternNode;
	readonly clear: PatternNode | null;
	/** Of each escalation; null where time decides. */
	readonly whens: readonly (PatternNode | null)[];
	/** Of the pattern, and of what is asked only while the rule is met. */
	readonly timers: readonly Timer[];
	readonly policyTimers: readonly Timer[];
	/** Whether the clock alone may change anything: a part, or the firing policy. */
	readonly hasTimers: boolean;
	/** See `EntryPattern`. */
	readonly isPlain: boolean;
	/** Where all that the rule ever remembers is one list of samples; null for others. */
	readonly sleep: Sleep | null;
	readonly startsByItself: boolean;
	/** Whether anything but the pattern may change a rule that is met. */
	readonly isWatchedWhileMet: boolean;
	/** Memory without anything in it; its first place tells the shape. */
	readonly blank: readonly unknown[];
	/** From this place on it belongs to `clear` and the escalations. */
	readonly policyFrom: number;
}

const plans = new WeakMap<Rule, RulePlan>();
const plansBySet = new WeakMap<RuleSet, (RulePlan | undefined)[]>();

/** Plans of a rule set by place, as far as they were needed yet: see `planAt`. */
export type Plans = (RulePlan | undefined)[];

export function plansOf(ruleSet: RuleSet): Plans {
	let known = plansBySet.get(ruleSet);
	if (known === undefined) {
		known = new Array<RulePlan | undefined>(ruleSet.rules.length).fill(undefined);
		plansBySet.set(ruleSet, known);
	}
	return known;
}

export function planAt(plans: Plans, ruleSet: RuleSet, place: number): RulePlan {
	return (plans[place] ??= planOf(ruleSet.rules[place] as Rule));
}

/** Rules never change: each is planned once, in however many rule sets it is. */
function planOf(rule: Rule): RulePlan {
	let plan = plans.get(rule);
	if (plan === undefined) {
		plan = planRule(rule);
		plans.set(rule, plan);
	}
	return plan;
}

function planRule(rule: Rule): RulePlan {
	const shapes: string[] = [];
	const maxGapMs = rule.maxGapSeconds === undefined ? Infinity : rule.maxGapSeconds * 1000;
	const context = nodeContext(maxGapMs, shapes);
	const pattern = compileNode(rule.pattern, context);
	const policyFrom = shapes.length + 1;
	const policy = nodeContext(maxGapMs, shapes);
	const compile = (part: Pattern): PatternNode => compileNode(part, policy);
	const clear = rule.clear === undefined ? null : compile(rule.clear);
	const whens = (rule.escalations ?? []).map((one) => ('when' in one ? compile(one.when) : null));
	const { clearAfterSeconds, remindEverySeconds } = rule.fire;
	return {
		rule,
		pattern,
		clear,
		whens,
		timers: context.timers,
		policyTimers: policy.timers,
		hasTimers:
			context.timers.length > 0 ||
			policy.timers.length > 0 ||
			clearAfterSeconds !== undefined ||
			remindEverySeconds !== undefined ||
			rule.escalations?.some((one) => 'afterSeconds' in one) === true,
		sleep: shapes.length === 1 ? (pattern.sleep ?? null) : null,
		isPlain: entryPattern(rule).isPlain,
		startsByItself: startsByItself(rule),
		isWatchedWhileMet:
			rule.fire.on === 'every' ||
			clear !== null ||
			whens.length > 0 ||
			clearAfterSeconds !== undefined ||
			remindEverySeconds !== undefined,
		blank: Object.freeze([
			shapeNumber([...shapes.slice(0, policyFrom - 1), '|', ...shapes.slice(policyFrom - 1)]),
			...shapes.map(() => null),
		]),
		policyFrom,
	};
}

/**
 * What the rule remembers in a state, to be written to; new and blank when there is nothing, or it was remembered by
 * a rule of another shape.
 */
export function memoryOf({ blank }: RulePlan, { memory }: RuleState): unknown[] {
	// Nothing is ever written where there is no place to write to.
	if (blank.length === 1) return blank as unknown[];
	const isKnown = Array.isArray(memory) && memory.length === blank.length && memory[0] === blank[0];
	return isKnown ? (memory as unknown[]) : blank.slice();
}

/** When the clock alone has to make the rule look again, later than `after`; Infinity for never. */
export function nextTimer(timers: readonly Timer[], moment: Moment, after: number): number {
	let dueAt = Infinity;
	for (const timer of timers) dueAt = Math.min(dueAt, timer(moment, after));
	return dueAt;
}

/** FNV-1a (Fowler, Noll, Vo): short enough to stand in every state. */
function shapeNumber(shapes: readonly string[]): number {
	let hash = 0x811c9dc5;
	for (const char of shapes.join('\n')) hash = Math.imul(hash ^ (char.codePointAt(0) as number), 0x01000193);
	return hash >>> 0;
}
