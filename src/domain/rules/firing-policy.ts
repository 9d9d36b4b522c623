import { SEVERITIES } from './rule';
import type { Rule, Severity } from './rule';
import type { OpenFiring, RuleState } from './rule-state';

/** What one moment says about a rule, as its firing policy needs to know it. */
export interface PolicyMoment {
	/** `reportedAt` of the report, or when the timer was due. */
	readonly at: number;
	readonly isReport: boolean;
	/** Of the pattern. */
	readonly isMet: boolean;
	/** Of `clear`; false without one. */
	readonly isCleared: boolean;
	/** Of each escalation's `when`; false where it has none. */
	readonly whens: readonly boolean[];
	/** `yyyy-mm-dd`, for a rule that may fire only so often a day. */
	readonly day: string | null;
}

export interface PolicyTransition {
	readonly kind: 'fired' | 'suppressed' | 'escalated' | 'reminded' | 'cleared';
	readonly severity: Severity;
}

export interface PolicyStep {
	readonly state: RuleState;
	readonly transitions: readonly PolicyTransition[];
}

/** Takes a rule, which is met now or was, through one moment. What the rule remembers is none of its business. */
export function stepPolicy(rule: Rule, state: RuleState, moment: PolicyMoment): PolicyStep {
	const transitions: PolicyTransition[] = [];
	let next = state;
	if (!state.isMet) {
		if (moment.isMet) next = open({ ...state, isMet: true }, rule, moment, transitions);
	} else if (moment.isMet && moment.isReport && rule.fire.on === 'every') {
		if (!isQuiet(rule, state, moment)) {
			if (state.open !== null) transitions.push({ kind: 'cleared', severity: state.open.severity });
			next = open(state, rule, moment, transitions);
		}
	} else if (!moment.isMet && (rule.clear === undefined || moment.isCleared)) {
		return {
			state: { ...state, isMet: false, open: null },
			transitions: [{ kind: 'cleared', severity: state.open?.severity ?? rule.severity }],
		};
	}
	if (next.open !== null) next = followOpen(next, next.open, rule, moment, transitions);
	return { state: next, transitions };
}

/** When the policy has to look again, later than `after`, however the pattern stands; Infinity for never. */
export function policyDueAt(rule: Rule, { open }: RuleState, after: number): number {
	if (open === null) return Infinity;
	const { clearAfterSeconds, remindEverySeconds } = rule.fire;
	let dueAt = Infinity;
	const consider = (from: number, seconds: number | undefined): void => {
		if (seconds === undefined) return;
		const at = from + seconds * 1000;
		if (at > after && at < dueAt) dueAt = at;
	};
	consider(open.openedAt, clearAfterSeconds);
	for (const one of rule.escalations ?? [])
		if ('afterSeconds' in one) consider(open.openedAt, one.afterSeconds);
	if (!open.isAcknowledged) consider(open.notifiedAt, remindEverySeconds);
	return dueAt;
}

function open(
	state: RuleState,
	rule: Rule,
	moment: PolicyMoment,
	transitions: PolicyTransition[],
): RuleState {
	const { at, day } = moment;
	if (isQuiet(rule, state, moment)) {
		transitions.push({ kind: 'suppressed', severity: severityAt(rule, moment, at) });
		return state;
	}
	const severity = severityAt(rule, moment, at);
	transitions.push({ kind: 'fired', severity });
	return {
		...state,
		lastFiredAt: at,
		open: { openedAt: at, severity, isAcknowledged: false, notifiedAt: at },
		firedOn: day === null ? null : { day, times: timesOn(state, day) + 1 },
	};
}

function followOpen(
	state: RuleState,
	firing: OpenFiring,
	rule: Rule,
	moment: PolicyMoment,
	transitions: PolicyTransition[],
): RuleState {
	const { at } = moment;
	const { clearAfterSeconds, remindEverySeconds } = rule.fire;
	if (clearAfterSeconds !== undefined && at - firing.openedAt >= clearAfterSeconds * 1000) {
		transitions.push({ kind: 'cleared', severity: firing.severity });
		return { ...state, open: null };
	}
	let next = firing;
	const severity = severityAt(rule, moment, firing.openedAt);
	if (severity !== firing.severity) {
		next = { ...next, severity };
		transitions.push({ kind: 'escalated', severity });
	}
	const isReminderDue =
		remindEverySeconds !== undefined &&
		!firing.isAcknowledged &&
		at - firing.notifiedAt >= remindEverySeconds * 1000;
	if (isReminderDue) {
		next = { ...next, notifiedAt: at };
		transitions.push({ kind: 'reminded', severity });
	}
	return next === firing ? state : { ...state, open: next };
}

function isQuiet({ fire }: Rule, state: RuleState, { at, day }: PolicyMoment): boolean {
	const { lastFiredAt } = state;
	if (lastFiredAt !== null && at - lastFiredAt < fire.cooldownSeconds * 1000) return true;
	return fire.maxPerDay !== undefined && day !== null && timesOn(state, day) >= fire.maxPerDay;
}

function timesOn({ firedOn }: RuleState, day: string): number {
	return firedOn?.day === day ? firedOn.times : 0;
}

/** The highest of the rule's own and those of the escalations that hold, for a firing that opened at `openedAt`. */
function severityAt(
	{ severity, escalations }: Rule,
	{ at, whens }: PolicyMoment,
	openedAt: number,
): Severity {
	let highest = SEVERITIES.indexOf(severity);
	escalations?.forEach((one, i) => {
		const holds = 'when' in one ? whens[i] === true : at - openedAt >= one.afterSeconds * 1000;
		if (holds) highest = Math.max(highest, SEVERITIES.indexOf(one.severity));
	});
	return SEVERITIES[highest] ?? severity;
}
