import { mergeStatus } from '../../domain/merge-status';
import { isLate, releaseReports } from '../../domain/release-reports';
import type { RuleSet } from '../../domain/rules/compile-rules';
import { carriedBy } from '../../domain/rules/facts';
import { SEVERITIES } from '../../domain/rules/rule';
import { runReport, runTimers, type RuleTransition } from '../../domain/rules/run-rules';
import type { StatusMessage, VehicleStatus } from '../../domain/status';
import type { VehicleRun } from './vehicle-run';

/** How long reports may be under way before the clock decides without them. */
const UNDER_WAY_MS = 5000;

const NO_CLOCK = Number.NEGATIVE_INFINITY;

/**
 * Takes a report in the order of arrival: it becomes the vehicle's newest if it is, and goes past the rules at once
 * or, with an allowed delay, when no earlier one can come any more. Does not look at the clock: how long a batch was
 * under way decides nothing. False for a report that is late, and history only.
 */
export function takeReport(
	run: VehicleRun,
	ruleSet: RuleSet,
	message: StatusMessage,
	{ receivedAt, allowedDelayMs }: { readonly receivedAt: number; readonly allowedDelayMs: number },
): boolean {
	if (isLate(message, { newest: run.newest, evaluated: run.rules.status }, allowedDelayMs)) return false;
	if (allowedDelayMs === 0 && run.waiting.length === 0) {
		evaluate(run, ruleSet, message, receivedAt);
		run.newest = run.rules.status;
		return true;
	}
	run.newest = mergeStatus(run.newest, message, run.vehicle.id, receivedAt) ?? run.newest;
	const dueAt = message.reportedAt + allowedDelayMs;
	const upTo = (run.newest?.reportedAt ?? NO_CLOCK) - allowedDelayMs;
	const waiting = [...run.waiting, { message, receivedAt, dueAt }];
	release({ ...releaseReports(waiting, { upTo, now: NO_CLOCK }), run, ruleSet });
	return true;
}

/** Does what is due by the clock: reports whose wait is over, then the rules' timers. */
export function ringVehicle(
	run: VehicleRun,
	ruleSet: RuleSet,
	{ now, allowedDelayMs }: { readonly now: number; readonly allowedDelayMs: number },
): void {
	release({ ...releaseReports(run.waiting, { upTo: NO_CLOCK, now }), run, ruleSet });
	const { status } = run.rules;
	if (status === null) return;
	// A timer never rings past a report that waits: what is due at the same time comes after the report, too.
	const until = run.waiting.reduce(
		(earliest, { message }) => Math.min(earliest, message.reportedAt - 1),
		timersDueUntil(now, allowedDelayMs),
	);
	for (const transition of runTimers(ruleSet, run.rules, until)) apply(run, transition, status);
}

/** Timers that were due at this time or before may ring now: whatever was reported by then has come. */
export function timersDueUntil(now: number, allowedDelayMs: number): number {
	return now - Math.max(allowedDelayMs, UNDER_WAY_MS);
}

type Waiting = VehicleRun['waiting'];

function release({
	released,
	held,
	run,
	ruleSet,
}: {
	readonly released: Waiting;
	readonly held: Waiting;
	readonly run: VehicleRun;
	readonly ruleSet: RuleSet;
}): void {
	run.waiting = held;
	for (const { message, receivedAt } of released) evaluate(run, ruleSet, message, receivedAt);
	// The newest has been evaluated: that status knows also what only the reports before it carried.
	if (held.length === 0 && released.length > 0) run.newest = run.rules.status;
}

function evaluate(run: VehicleRun, ruleSet: RuleSet, message: StatusMessage, receivedAt: number): void {
	const before = run.rules.status;
	const status = mergeStatus(before, message, run.vehicle.id, receivedAt);
	if (status === null) return;
	const transitions = runReport(ruleSet, run.rules, status, carriedBy(message));
	run.rules.status = status;
	for (const transition of transitions) {
		// Timers that rang before the report knew the vehicle as it was then.
		apply(run, transition, transition.at < status.reportedAt ? (before ?? status) : status);
	}
}

function apply(run: VehicleRun, transition: RuleTransition, status: VehicleStatus): void {
	const { kind, ruleId, rule, at, severity } = transition;
	if (kind === 'suppressed') return;
	const happened = { vehicle: run.vehicle, rule, at, severity, status };
	if (kind === 'fired') {
		if (rule === null) return;
		const { taskId, evidence } = transition;
		const firing = {
			id: null,
			openedAt: at,
			severity,
			opened: {
				ruleId,
				ruleVersion: rule.version,
				ruleName: rule.name,
				severity,
				isShadow: rule.shadowOf !== null,
				vehicleId: run.vehicle.id,
				taskId,
				openedAt: at,
				evidence,
				messageId: status.messageId,
			},
		};
		run.open.set(ruleId, firing);
		run.happenings.push({ ...happened, kind, firing });
		return;
	}
	const firing = run.open.get(ruleId);
	// A rule that was kept from firing ends its being met without a firing that could clear.
	if (firing === undefined) return;
	if (kind === 'escalated') {
		const isRise = SEVERITIES.indexOf(severity) > SEVERITIES.indexOf(firing.severity);
		firing.severity = severity;
		run.happenings.push({ ...happened, kind: isRise ? 'escalated' : 'lowered', firing });
		return;
	}
	if (kind === 'cleared') run.open.delete(ruleId);
	run.happenings.push({ ...happened, kind, firing });
}
