import { SEVERITIES, type Escalation, type Rule, type Severity } from '../rule';
import type { RuleTransition } from '../run-rules';
import { lastReport, zoneOf } from './reference-facts';
import { instantAt, isMetAt, type Life } from './reference-pattern';
import { localDate } from './reference-schedule';
import { duesOf } from './reference-timers';

export type ReferenceTransition = Pick<RuleTransition, 'ruleId' | 'kind' | 'at' | 'severity' | 'taskId'>;

interface OpenFiring {
	readonly openedAt: number;
	severity: Severity;
	isAcknowledged: boolean;
	notifiedAt: number;
}

/** Where a rule stands for one vehicle. `met`: the life of `clear` and escalations, while the rule is met. */
export interface Standing {
	met: Life | null;
	open: OpenFiring | null;
	lastFiredAt: number | null;
	/** The day of each firing, in the zone of then. */
	firedOn: string[];
}

/** What the rule does at the instant `i`, in this order: pattern and clear, end by time, severity, reminder. */
export function step(
	rule: Rule,
	taskId: number | null,
	standing: Standing,
	life: Life,
	i: number,
): ReferenceTransition[] {
	const { at, isReport } = instantAt(life, i);
	const { fire } = rule;
	const done: ReferenceTransition[] = [];
	const say = (kind: ReferenceTransition['kind'], severity: Severity): void => {
		done.push({ ruleId: rule.id, kind, at, severity, taskId: kind === 'fired' ? taskId : null });
	};
	const end = (): void => {
		if (standing.open !== null) say('cleared', standing.open.severity);
		standing.open = null;
	};
	const begin = (): void => {
		const severity = severityAt(rule, standing.met, i, at, at);
		say('fired', severity);
		standing.open = { openedAt: at, severity, isAcknowledged: false, notifiedAt: at };
		standing.lastFiredAt = at;
		standing.firedOn.push(dayOf(rule, life, i));
	};

	const isMet = isMetAt(rule.pattern, life, i);
	if (standing.met === null) {
		if (isMet) {
			standing.met = { ...life, start: i, knowsBefore: false, known: new Map() };
			if (mayFire(rule, standing, life, i)) begin();
			else say('suppressed', severityAt(rule, standing.met, i, at, at));
		}
	} else if (isMet) {
		if (fire.on === 'every' && isReport && mayFire(rule, standing, life, i)) {
			end();
			begin();
		}
	} else if (rule.clear === undefined || isMetAt(rule.clear, standing.met, i)) {
		end();
		standing.met = null;
	}

	const { clearAfterSeconds, remindEverySeconds } = fire;
	if (standing.open !== null && hasPassed(standing.open.openedAt, clearAfterSeconds, at)) end();
	const { open } = standing;
	if (open === null) return done;
	const severity = severityAt(rule, standing.met, i, at, open.openedAt);
	if (severity !== open.severity) {
		open.severity = severity;
		say('escalated', severity);
	}
	if (!open.isAcknowledged && hasPassed(open.notifiedAt, remindEverySeconds, at)) {
		open.notifiedAt = at;
		say('reminded', open.severity);
	}
	return done;
}

function hasPassed(from: number, seconds: number | undefined, at: number): boolean {
	return seconds !== undefined && at - from >= seconds * 1000;
}

function mayFire(rule: Rule, { lastFiredAt, firedOn }: Standing, life: Life, i: number): boolean {
	const { cooldownSeconds, maxPerDay = Infinity } = rule.fire;
	const { at } = instantAt(life, i);
	if (lastFiredAt !== null && at - lastFiredAt < cooldownSeconds * 1000) return false;
	const today = dayOf(rule, life, i);
	// A vehicle that moves to another zone may meet a day again: it counts anew.
	const before = firedOn.findLastIndex((day) => day !== today);
	return firedOn.length - 1 - before < maxPerDay;
}

function dayOf({ fire: { timeZone = 'UTC' } }: Rule, life: Life, i: number): string {
	const now = instantAt(life, i);
	return localDate(now.at, timeZone === 'vehicle' ? zoneOf(lastReport(now)) : timeZone);
}

function severityAt(rule: Rule, met: Life | null, i: number, at: number, openedAt: number): Severity {
	const holdsNow = (escalation: Escalation): boolean =>
		'when' in escalation
			? met !== null && isMetAt(escalation.when, met, i)
			: hasPassed(openedAt, escalation.afterSeconds, at);
	const now = (rule.escalations ?? []).filter(holdsNow).map(({ severity }) => severity);
	return [rule.severity, ...now].reduce((highest, one) =>
		SEVERITIES.indexOf(one) > SEVERITIES.indexOf(highest) ? one : highest,
	);
}

/** When the rule rings next if no report comes before; null for never. */
export function nextRing(rule: Rule, { met, open }: Standing, life: Life): number | null {
	const i = life.instants.length - 1;
	const { at } = instantAt(life, i);
	const { clear, escalations = [], fire } = rule;
	const whileMet = [clear, ...escalations.map((one) => ('when' in one ? one.when : undefined))];
	const dues = duesOf(rule.pattern, life, i);
	for (const pattern of whileMet) {
		if (met !== null && pattern !== undefined) dues.push(...duesOf(pattern, met, i));
	}
	if (open !== null) {
		const after = (from: number, seconds = Infinity): number => from + seconds * 1000;
		dues.push(after(open.openedAt, fire.clearAfterSeconds));
		for (const one of escalations) {
			if ('afterSeconds' in one) dues.push(after(open.openedAt, one.afterSeconds));
		}
		if (!open.isAcknowledged) dues.push(after(open.notifiedAt, fire.remindEverySeconds));
	}
	const next = Math.min(...dues.filter((due) => due > at));
	return next === Infinity ? null : next;
}
