import type { Attributes } from '../attributes';
import type { RuleSet } from './compile-rules';
import type { Rule } from './rule';

/** A vehicle as its newest report leaves it. */
export interface VehicleFacts {
	readonly vehicleId: number;
	readonly customerId: number | null;
	/** Every attribute at its newest value. */
	readonly attributes: Attributes;
	/** `reportedAt` of the newest report, in milliseconds since the epoch. */
	readonly at: number;
}

/** What is remembered of one rule for one vehicle. */
export interface EdgeState {
	readonly isMet: boolean;
	/** `reportedAt` of the last firing; null when it never fired. */
	readonly lastFiredAt: number | null;
}

interface Transition {
	readonly ruleId: number;
	/** The values of the pattern's attributes. */
	readonly evidence: Attributes;
}

/**
 * `fired`: the pattern became true. `suppressed`: likewise, but within the cooldown: to be remembered as met, without
 * a firing. `cleared`: it was met and is not any more, or the rule does not watch the vehicle any more.
 */
export type RuleTransition =
	| (Transition & {
			readonly kind: 'fired' | 'suppressed';
			readonly rule: Rule;
			/** The open task through which a rule with the scope `tasks` watches: the vehicle's own before its customer's before a fleet-wide one, then the oldest. */
			readonly taskId: number | null;
	  })
	| (Transition & {
			readonly kind: 'cleared';
			/** Null for a rule that is not in the rule set any more. */
			readonly rule: Rule | null;
			readonly taskId: null;
	  });

const NONE: readonly RuleTransition[] = Object.freeze([]);

/**
 * Tells which rules change for a vehicle, by rule id. The caller remembers the outcome: `fired` and `suppressed` make
 * a rule met, `cleared` makes it not met, everything else stays as `states` has it.
 * @param states by rule id; a rule without one was never met
 */
export function evaluateRules(
	ruleSet: RuleSet,
	facts: VehicleFacts,
	states: ReadonlyMap<number, EdgeState>,
): readonly RuleTransition[] {
	const { attributes, at } = facts;
	const count = ruleSet.match(facts.vehicleId, facts.customerId, attributes);
	if (count === 0 && states.size === 0) return NONE;
	const transitions: RuleTransition[] = [];
	for (let i = 0; i < count; i++) {
		const rule = ruleSet.rules[ruleSet.found[i] as number] as Rule;
		const state = states.get(rule.id);
		if (state?.isMet === true) continue;
		transitions.push({
			kind: isCoolingDown(rule, state, at) ? 'suppressed' : 'fired',
			ruleId: rule.id,
			rule,
			taskId: ruleSet.foundTaskIds[i] ?? null,
			evidence: ruleSet.evidenceFor(rule.id, attributes),
		});
	}
	for (const [ruleId, { isMet }] of states) {
		if (!isMet || ruleSet.isMet(ruleId)) continue;
		const rule = ruleSet.ruleById(ruleId);
		const evidence = ruleSet.evidenceFor(ruleId, attributes);
		transitions.push({ kind: 'cleared', ruleId, rule, taskId: null, evidence });
	}
	return transitions.length > 1 ? transitions.sort((a, b) => a.ruleId - b.ruleId) : transitions;
}

function isCoolingDown(rule: Rule, state: EdgeState | undefined, at: number): boolean {
	const lastFiredAt = state?.lastFiredAt ?? null;
	return lastFiredAt !== null && at - lastFiredAt < rule.fire.cooldownSeconds * 1000;
}
