import type { Pattern, Schedule } from './pattern';

/** Which vehicles a rule watches. `tasks`: those of the open tasks that it is attached to. */
export type RuleScope =
	| { readonly vehicles: 'all' }
	| { readonly vehicles: 'customer'; readonly customerId: number }
	| { readonly vehicles: 'vehicle'; readonly vehicleId: number }
	| { readonly vehicles: 'tasks' };

export const SEVERITIES = ['info', 'warning', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/**
 * `edge`: once when the pattern becomes met for a vehicle, and again only after the rule has cleared. `every`: at
 * every report that meets it, each time a firing of its own, which ends the one before.
 */
export interface FiringPolicy {
	readonly on: 'edge' | 'every';
	/** Seconds of `reportedAt` after a firing during which the same rule stays quiet for the same vehicle. */
	readonly cooldownSeconds: number;
	/** Ends the firing so long after it opened, whatever is met then. */
	readonly clearAfterSeconds?: number;
	/** For one vehicle, on one day of `timeZone`. */
	readonly maxPerDay?: number;
	/** Repeats the emails and log entries while the firing is open and nobody has acknowledged it. */
	readonly remindEverySeconds?: number;
	/** Emails that fall into it wait for its end. */
	readonly quietHours?: Schedule;
	/** Of the days that `maxPerDay` counts; IANA name or `vehicle`, default UTC. */
	readonly timeZone?: string;
}

/**
 * While the firing is open and `when` is met, or it has been open for `afterSeconds`, it has this severity; of several
 * the highest. A severity below the rule's own changes nothing.
 */
export type Escalation =
	| { readonly severity: Severity; readonly when: Pattern }
	| { readonly severity: Severity; readonly afterSeconds: number };

/** What an action follows: the firing's opening, its rise to a higher severity, or its end. */
export type ActionOccasion = 'fired' | 'escalated' | 'cleared';

/** Texts are mustache templates over the names in `TEMPLATE_FIELDS`. */
export type ActionSpec = {
	/** Default `fired`. */
	readonly on?: ActionOccasion;
} & (
	| { readonly type: 'sendEmail'; readonly to: string; readonly subject: string; readonly text: string }
	| { readonly type: 'storeLog'; readonly message: string }
	| {
			readonly type: 'createTask';
			readonly title: string;
			readonly description?: string;
			/** When the firing clears, the task is completed, if it is still open. */
			readonly completeOnClear?: boolean;
	  }
);

export interface RuleFields {
	readonly name: string;
	readonly severity: Severity;
	readonly enabled: boolean;
	readonly scope: RuleScope;
	readonly pattern: Pattern;
	/** The longest gap between two reports over which a duration goes on; without it, any. */
	readonly maxGapSeconds?: number;
	/** The firing ends when this is met and the pattern is not; without it, as soon as the pattern is not met. */
	readonly clear?: Pattern;
	readonly escalations?: readonly Escalation[];
	readonly fire: FiringPolicy;
	readonly actions: readonly ActionSpec[];
}

export interface Rule extends RuleFields {
	readonly id: number;
	/** 1 for a new rule; each change of its fields adds 1. */
	readonly version: number;
	/** The rule whose next version this one is on trial as: it fires without actions and events. Null for any other. */
	readonly shadowOf: number | null;
	readonly createdAt: number;
	readonly updatedAt: number;
}

/** What a person sets of a rule, without what the store adds. */
export function ruleFieldsOf(rule: Rule): RuleFields {
	const {
		id: _id,
		version: _version,
		shadowOf: _of,
		createdAt: _made,
		updatedAt: _changed,
		...fields
	} = rule;
	return fields;
}
