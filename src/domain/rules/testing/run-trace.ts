import { mergeStatus } from '../../merge-status';
import type { VehicleStatus } from '../../status';
import { compileRules, type RuleSet } from '../compile-rules';
import { carriedBy } from '../facts';
import type { RuleState } from '../rule-state';
import { runReport, runTimers, type RuleRun, type RuleTransition, type WatchedVehicle } from '../run-rules';
import type { Trace, TraceStep } from './arbitrary-traces';
import type { ActiveSet } from './reference-facts';
import type { ReferenceTransition } from './reference-policy';

/** What a feed keeps of one vehicle in its store, and the run that goes on from it. */
interface Kept {
	run: RuleRun;
	active: ActiveSet;
	readonly saved: Map<number, RuleState>;
	readonly done: RuleTransition[];
}

/** Takes the trace through the engine with all that disturbs it; what it did, by vehicle. */
export function runTrace({ sets, isPatched, steps, until }: Trace): Map<number, readonly RuleTransition[]> {
	const compiled = new Map<ActiveSet, RuleSet>();
	const first = compileRules(sets[0]);
	compiled.set(sets[0], first);
	compiled.set(sets[1], isPatched ? first.withChanges(changesOf(sets)) : compileRules(sets[1]));
	const rulesOf = (active: ActiveSet): RuleSet => {
		const ruleSet = compiled.get(active) ?? compileRules(active);
		compiled.set(active, ruleSet);
		return ruleSet;
	};

	const vehicles = new Map<number, Kept>();
	for (const step of steps) {
		const { vehicle, active } = step.report;
		const kept = vehicles.get(vehicle.id) ?? newlyKept(vehicle, active);
		vehicles.set(vehicle.id, kept);
		if (step.disturbance.recompiles) compiled.delete(active);
		takeStep(kept, step, rulesOf);
	}
	for (const kept of vehicles.values()) {
		ring(kept, rulesOf(kept.active), until);
		const due = [...kept.saved.values()].filter(({ dueAt }) => dueAt !== null && dueAt <= until);
		if (due.length > 0) throw new Error(`due for ever: ${JSON.stringify(due)}`);
	}
	return new Map([...vehicles].map(([id, { done }]) => [id, done]));
}

function newlyKept(vehicle: WatchedVehicle, active: ActiveSet): Kept {
	const run: RuleRun = { vehicle, status: null, states: new Map(), changed: new Set() };
	return { run, active, saved: new Map(), done: [] };
}

function takeStep(
	kept: Kept,
	{ report, disturbance }: TraceStep,
	rulesOf: (active: ActiveSet) => RuleSet,
): void {
	const { at, vehicle, active } = report;
	const last = kept.run.status?.reportedAt ?? at;
	// What rings before the report knows nothing of what changes with it.
	const isOther = kept.active !== active || kept.run.vehicle !== vehicle;
	const { ringsTo } = disturbance;
	if (ringsTo !== null && at > last)
		ring(kept, rulesOf(kept.active), last + Math.floor(((at - 1 - last) * ringsTo) / 100));
	if (isOther && at > last) ring(kept, rulesOf(kept.active), at - 1);
	if (disturbance.restarts || isOther) {
		kept.run = {
			vehicle,
			status: kept.run.status,
			states: new Map([...kept.saved].map(([id, state]) => [id, written(state)])),
			changed: new Set(),
		};
	}
	kept.active = active;
	const message = { ...report, messageId: `at ${at}`, reportedAt: at, sequence: 0 };
	const status: VehicleStatus | null = mergeStatus(kept.run.status, message, vehicle.id, at);
	if (status === null) throw new Error('a trace is in order');
	save(kept, runReport(rulesOf(active), kept.run, status, carriedBy(report)));
	if (report.acknowledges) acknowledge(kept);
}

/** As a feed does: only vehicles with a due rule are looked at. */
function ring(kept: Kept, ruleSet: RuleSet, until: number): void {
	const isDue = [...kept.saved.values()].some(({ dueAt }) => dueAt !== null && dueAt <= until);
	if (isDue) save(kept, runTimers(ruleSet, kept.run, until));
}

/** Only what the engine says has changed is stored, so that a restart finds nothing else. */
function save({ run, saved, done }: Kept, transitions: readonly RuleTransition[]): void {
	for (const ruleId of run.changed) {
		const state = run.states.get(ruleId);
		if (state === undefined) saved.delete(ruleId);
		else saved.set(ruleId, written(state));
	}
	run.changed.clear();
	const sorted = transitions.toSorted((a, b) => a.at - b.at || a.ruleId - b.ruleId);
	if (sorted.some((transition, index) => transition !== transitions[index])) {
		throw new Error(`not in order: ${JSON.stringify(transitions)}`);
	}
	done.push(...transitions);
}

function acknowledge({ run, saved }: Kept): void {
	for (const [ruleId, state] of run.states) {
		if (state.open === null) continue;
		const acknowledged = { ...state, open: { ...state.open, isAcknowledged: true } };
		run.states.set(ruleId, acknowledged);
		saved.set(ruleId, written(acknowledged));
	}
}

/** As a store keeps it: apart from the one that the run goes on with. */
function written(state: RuleState): RuleState {
	return JSON.parse(JSON.stringify(state)) as RuleState;
}

function changesOf([before, after]: Trace['sets']): Parameters<RuleSet['withChanges']>[0] {
	const known = new Set(before.rules.map(({ id }) => id));
	const kept = new Set(after.rules.filter(({ enabled }) => enabled).map(({ id }) => id));
	return {
		changed: after.rules.filter(({ id, enabled }) => enabled && !known.has(id)),
		gone: [...known].filter((id) => !kept.has(id)),
		taskWatches: after.taskWatches === before.taskWatches ? null : after.taskWatches,
		geofences: null,
	};
}

/** What both say, in one form: an end without an open firing is nothing that happens. */
export function comparable(transitions: readonly ReferenceTransition[]): ReferenceTransition[] {
	const open = new Set<number>();
	return transitions
		.toSorted((a, b) => a.at - b.at || a.ruleId - b.ruleId)
		.flatMap(({ ruleId, kind, at, severity, taskId }) => {
			if (kind === 'cleared' && !open.delete(ruleId)) return [];
			if (kind === 'fired') open.add(ruleId);
			return [{ ruleId, kind, at, severity, taskId: kind === 'fired' ? taskId : null }];
		});
}
