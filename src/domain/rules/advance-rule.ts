import { policyDueAt, stepPolicy } from './firing-policy';
import type { PolicyStep } from './firing-policy';
import type { Moment } from './nodes/moment';
import { memoryOf, nextTimer } from './rule-plan';
import type { RulePlan } from './rule-plan';
import type { RuleState } from './rule-state';
import { localDay, zoneOf } from './schedule';

/**
 * Asks the rule's pattern at one of its moments; to be followed by `askPolicy` and `withMemory`.
 * @param knownMet whether the pattern is met, where that is known already; null: it is asked
 */
export function askPattern(
	plan: RulePlan,
	moment: Moment,
	state: RuleState,
	knownMet: boolean | null,
): boolean {
	moment.load(memoryOf(plan, state));
	moment.isFirst = moment.carried !== null && moment.before === null;
	return knownMet ?? plan.pattern.meets(moment);
}

/** When the clock alone has to make the rule look again, later than `after`; Infinity for never. */
export function nextDue(plan: RulePlan, moment: Moment, state: RuleState, after: number): number {
	const ofPattern = nextTimer(plan.timers, moment, after);
	if (!state.isMet) return ofPattern;
	return Math.min(
		ofPattern,
		nextTimer(plan.policyTimers, moment, after),
		policyDueAt(plan.rule, state, after),
	);
}

/** What follows from the pattern's being met, or not; null where nothing can. */
export function askPolicy(
	plan: RulePlan,
	moment: Moment,
	state: RuleState,
	isMet: boolean,
): PolicyStep | null {
	if (isMet ? state.isMet && !plan.isWatchedWhileMet : !state.isMet) return null;
	const { rule, clear, whens } = plan;
	const { at } = moment;
	// What is asked only while the rule is met lives from the moment at which it became met.
	moment.isFirst = !state.isMet;
	const step = stepPolicy(rule, state, {
		at,
		isReport: moment.carried !== null,
		isMet,
		isCleared: clear !== null && clear.meets(moment),
		whens: whens.map((when) => when !== null && when.meets(moment)),
		day: rule.fire.maxPerDay === undefined ? null : localDay(at, zoneOf(rule.fire.timeZone, moment.zone)),
	});
	if (!step.state.isMet) {
		for (let slot = plan.policyFrom; slot < plan.blank.length; slot++) moment.write(slot, null);
	}
	return step;
}

/**
 * `next` with what is remembered after the moment; `state` itself when nothing is different, or nothing but what its
 * memory holds, which `moment.hasNewMemory` tells.
 */
export function withMemory(plan: RulePlan, moment: Moment, state: RuleState, next: RuleState): RuleState {
	const memory = memoryToKeep(moment, state);
	if (next === state && memory === state.memory && !plan.hasTimers && state.dueAt === null) return state;
	const dueAt = nextDue(plan, moment, next, moment.at);
	if (next === state && memory === state.memory && isTimelyWake(state.dueAt, dueAt, moment.at)) return state;
	const { isMet, lastFiredAt, open, firedOn } = next;
	return { isMet, lastFiredAt, open, firedOn, memory, dueAt: dueAt === Infinity ? null : dueAt };
}

function memoryToKeep({ memory, hasNewMemory }: Moment, state: RuleState): unknown {
	if (!hasNewMemory && memory !== state.memory) return null;
	for (let slot = 1; slot < memory.length; slot++) if (memory[slot] !== null) return memory;
	return null;
}

/** Waking up too early costs less than writing down at every report that it is to be later. */
function isTimelyWake(wakesAt: number | null, dueAt: number, at: number): boolean {
	if (wakesAt === null) return dueAt === Infinity;
	return wakesAt === dueAt || (at < wakesAt && wakesAt < dueAt && dueAt !== Infinity);
}
