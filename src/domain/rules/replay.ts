import { mergeStatus } from '../merge-status';
import type { StatusMessage } from '../status';
import type { RuleSet } from './compile-rules';
import { carriedBy } from './facts';
import { runReport, runTimers } from './run-rules';
import type { RuleRun, RuleTransition, WatchedVehicle } from './run-rules';

/** A report as it came, of a vehicle that the caller knows. */
export type ReplayedReport = Omit<StatusMessage, 'vehicleKey'>;

/** A run of a vehicle that has never reported. */
export function startRun(vehicle: WatchedVehicle): RuleRun {
	return { vehicle, status: null, states: new Map(), changed: new Set() };
}

const NONE: readonly RuleTransition[] = Object.freeze([]);

/** Takes the next report. One that is older than what is known changes nothing, as in a feed without delay. */
export function replayReport(
	ruleSet: RuleSet,
	run: RuleRun,
	report: ReplayedReport,
): readonly RuleTransition[] {
	const status = mergeStatus(run.status, report, run.vehicle.id, report.reportedAt);
	return status === null ? NONE : runReport(ruleSet, run, status, carriedBy(report));
}

/**
 * What a vehicle's reports and the clock do to the rules, from its first report until the clock shows `until`. Keeps
 * nothing but the transitions, so that the reports may come from a stream of any length.
 */
export function replay(
	ruleSet: RuleSet,
	vehicle: WatchedVehicle,
	reports: Iterable<ReplayedReport>,
	until: number,
): RuleTransition[] {
	const run = startRun(vehicle);
	const transitions: RuleTransition[] = [];
	for (const report of reports) transitions.push(...replayReport(ruleSet, run, report));
	transitions.push(...runTimers(ruleSet, run, until));
	return transitions;
}
