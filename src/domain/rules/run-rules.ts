import type { Attributes } from '../attributes';
import type { VehicleStatus } from '../status';
import type { RuleSet } from './compile-rules';
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

/**
 * Takes the next report, `status` being the vehicle as the report leaves it and `carried` what the report itself
 * carries. Timers that were due before it ring first. Ordered by time, then by rule id.
 */
export declare function runReport(
	ruleSet: RuleSet,
	run: RuleRun,
	status: VehicleStatus,
	carried: Attributes,
): readonly RuleTransition[];

/** Rings the timers that are due up to `until`, each at its time. Ordered by time, then by rule id. */
export declare function runTimers(ruleSet: RuleSet, run: RuleRun, until: number): readonly RuleTransition[];
