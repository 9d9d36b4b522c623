import type { Attributes } from '../attributes';
import type { VehicleStatus } from '../status';
import type { RuleSet } from './compile-rules';
import { isLiving } from './rule-state';
import { Moment } from './nodes/moment';
import { Visit } from './visit-rules';
import type { Rule, Severity } from './rule';
import type { RuleState } from './rule-state';

/** What rules know of a vehicle besides its reports. */
export interface WatchedVehicle {
	readonly id: number;
	readonly customerId: number | null;
	/** As they were entered for the vehicle: thresholds, time zone. */
	readonly attributes: Attributes;
	/** Likewise for its customer. */
	readonly customerAttributes: Attributes;
}

/** One vehicle's way through the rules: what is known before a report or a timer, and after it. */
export interface RuleRun {
	readonly vehicle: WatchedVehicle;
	/** As the last evaluated report left it; null before the first. */
	status: VehicleStatus | null;
	/** By rule id; a rule without one is as `NEVER_MET`. */
	readonly states: Map<number, RuleState>;
	/** Rules whose state has changed since the run began. */
	readonly changed: Set<number>;
}

/**
 * `fired`: a firing opens. `suppressed`: likewise, but cooldown or daily limit keep it from opening; the rule counts as
 * met all the same. `escalated`: the open firing's severity rose or fell. `reminded`: it is time to repeat. `cleared`:
 * the rule is not met any more, or does not watch the vehicle any more, or the firing's time is over.
 */
export interface RuleTransition {
	readonly kind: 'fired' | 'suppressed' | 'escalated' | 'reminded' | 'cleared';
	readonly ruleId: number;
	/** Null only in a `cleared` of a rule that is not in the set any more. */
	readonly rule: Rule | null;
	/** The open task through which a rule with the scope `tasks` watches; null for others, and when not firing. */
	readonly taskId: number | null;
	/** `reportedAt` of the report, or the time at which the timer was due. */
	readonly at: number;
	readonly severity: Severity;
	/** The values of the attributes that the pattern names, as far as they are known. */
	readonly evidence: Attributes;
}

const NONE: readonly RuleTransition[] = Object.freeze([]);

/**
 * Takes the next report, `status` being the vehicle as the report leaves it and `carried` what the report itself
 * carries, see `carriedBy`. Timers that were due before it ring first. Ordered by time, then by rule id.
 */
export function runReport(
	ruleSet: RuleSet,
	run: RuleRun,
	status: VehicleStatus,
	carried: Attributes,
): readonly RuleTransition[] {
	const rung = ringTimers(ruleSet, run, (dueAt) => dueAt < status.reportedAt);
	const { vehicle, status: before, states } = run;
	const { reportedAt: at } = status;
	const moment = new Moment({ vehicle, fences: ruleSet.fences, at, status, carried, before });
	run.status = status;
	const count = ruleSet.match(moment);
	if (count === 0 && states.size === 0 && ruleSet.selfStarting.length === 0) return rung;
	const visit = new Visit(ruleSet, run, moment);
	for (let i = 0; i < count; i++) visit.found(ruleSet.found[i] as number, ruleSet.foundTaskIds[i] ?? null);
	for (const place of ruleSet.selfStarting) if (!ruleSet.wasFound(place)) visit.notFound(place);
	for (const [ruleId, state] of states) {
		if (!isLiving(state)) continue;
		const place = ruleSet.placeOf(ruleId);
		if (place === undefined) visit.unwatched(ruleId, null, state);
		else if (!ruleSet.wasFound(place) && !visit.startsByItself(place)) visit.notFound(place);
	}
	const { transitions } = visit;
	if (transitions.length > 1) transitions.sort((a, b) => a.ruleId - b.ruleId);
	return rung.length === 0 ? transitions : [...rung, ...transitions];
}

/** Rings the timers that are due up to `until`, each at its time. Ordered by time, then by rule id. */
export function runTimers(ruleSet: RuleSet, run: RuleRun, until: number): readonly RuleTransition[] {
	return ringTimers(ruleSet, run, (dueAt) => dueAt <= until);
}

function ringTimers(
	ruleSet: RuleSet,
	run: RuleRun,
	isDue: (dueAt: number) => boolean,
): readonly RuleTransition[] {
	let transitions: RuleTransition[] | null = null;
	for (;;) {
		const next = nextToRing(run.states, isDue);
		if (next === null) return transitions ?? NONE;
		const { vehicle, status } = run;
		const { fences } = ruleSet;
		const moment = new Moment({ vehicle, fences, at: next.at, status, carried: null, before: null });
		const visit = new Visit(ruleSet, run, moment);
		visit.ring(next.ruleId);
		transitions ??= [];
		transitions.push(...visit.transitions);
	}
}

/** A vehicle has few states, so that looking through them costs less than keeping them in order. */
function nextToRing(
	states: ReadonlyMap<number, RuleState>,
	isDue: (dueAt: number) => boolean,
): { ruleId: number; at: number } | null {
	let at = Infinity;
	for (const { dueAt } of states.values()) if (dueAt !== null && dueAt < at) at = dueAt;
	if (at === Infinity || !isDue(at)) return null;
	let ruleId = Infinity;
	for (const [id, { dueAt }] of states) if (dueAt === at && id < ruleId) ruleId = id;
	return { ruleId, at };
}
