import { compileRules, type RuleSet } from '../../domain/rules/compile-rules';
import { replayReport, startRun } from '../../domain/rules/replay';
import type { Rule } from '../../domain/rules/rule';
import { runTimers, type RuleRun, type RuleTransition } from '../../domain/rules/run-rules';
import type { VehicleStatus } from '../../domain/status';
import type { Fleet } from '../fleet';
import type { StoreSession } from '../ports/store';
import type { ScannedReport } from '../ports/store-statuses';
import { findRule, findVehicle } from '../records/find-record';
import type { RecordRef } from '../records/record-ref';
import { BacktestFirings, type BacktestVehicle } from './backtest-firings';
import { summarise, type Backtest } from './backtest-summary';
import { candidateFields, type Candidate } from './candidate-fields';
import { scanHistory } from './scan-history';

export interface BacktestOptions {
	/** `reportedAt` of the first and the last report that count, both included; default: all that is stored, until now. */
	readonly from?: number;
	readonly to?: number;
	/** Only this one. */
	readonly vehicle?: RecordRef;
	/** Of the days that are counted; IANA name, default UTC. */
	readonly timeZone?: string;
}

/** The two are told apart by their ids in the rule set. */
const CANDIDATE = 1;
const SAVED = 2;

/**
 * Tells what a rule, in the form that `candidate` says, would have done with the stored history, and where the saved
 * rule differs. Changes nothing. The history is replayed by the code that the feed runs, from nothing: what began
 * before `from` is not known. Rejects as reading and changing a rule do.
 */
export async function backtestRule(
	fleet: Fleet,
	ref: RecordRef,
	candidate: Candidate = {},
	options: BacktestOptions = {},
): Promise<Backtest> {
	const { from = 0, to = fleet.clock(), timeZone = 'UTC' } = options;
	const { saved, rules, ruleSet, vehicleIds } = await fleet.store.read(
		async (session) => await prepare(session, ref, candidate, options),
	);
	const [after, before] = [new BacktestFirings(rules.candidate), rules.saved && new BacktestFirings(saved)];
	const take: TakeTransition = (transition, of, status) =>
		(transition.ruleId === CANDIDATE ? after : before)?.take(transition, of, status);
	let statuses = 0;
	let vehicles = 0;
	let passing: Passing | null = null;
	const endVehicle = (): void => {
		if (passing !== null) ringUntil(ruleSet, passing, to, take);
		after.endVehicle();
		before?.endVehicle();
	};
	for await (const page of scanHistory(fleet, { from, to, ...(vehicleIds && { vehicleIds }) })) {
		for (const report of page.reports) {
			const of = page.vehicles.get(report.vehicleId);
			if (of === undefined) continue;
			statuses += 1;
			if (passing?.run.vehicle.id !== report.vehicleId) {
				endVehicle();
				vehicles += 1;
				passing = { of, run: startRun(watched(of)) };
			}
			if (!report.isLate) replayInto(ruleSet, passing, report, take);
		}
	}
	endVehicle();
	return summarise({ saved, after, before, from, to, timeZone, statuses, vehicles });
}

/** The vehicle whose reports are passing by. */
interface Passing {
	readonly of: BacktestVehicle;
	readonly run: RuleRun;
}

type TakeTransition = (transition: RuleTransition, of: BacktestVehicle, status: VehicleStatus) => void;

function replayInto(
	ruleSet: RuleSet,
	{ of, run }: Passing,
	report: ScannedReport,
	take: TakeTransition,
): void {
	const before = run.status;
	for (const transition of replayReport(ruleSet, run, report)) {
		// Timers that rang before the report knew the vehicle as it was then.
		const status = transition.at < report.reportedAt ? before : run.status;
		if (status !== null) take(transition, of, status);
	}
}

function ringUntil(ruleSet: RuleSet, { of, run }: Passing, until: number, take: TakeTransition): void {
	const { status } = run;
	if (status === null) return;
	for (const transition of runTimers(ruleSet, run, until)) take(transition, of, status);
}

async function prepare(
	session: StoreSession,
	ref: RecordRef,
	candidate: Candidate,
	options: BacktestOptions,
) {
	const saved = await findRule(session, ref);
	const fields = await candidateFields(session, saved, candidate);
	const isOther = candidate.version !== undefined || candidate.changes !== undefined;
	const rules = {
		candidate: { ...saved, ...fields, id: CANDIDATE, enabled: true },
		saved: isOther ? { ...saved, id: SAVED, enabled: true } : null,
	};
	const { vehicle } = options;
	return {
		saved,
		rules,
		ruleSet: await compileTrial(session, saved.id, [rules.candidate, rules.saved ?? []].flat()),
		vehicleIds: vehicle === undefined ? undefined : [(await findVehicle(session, vehicle)).id],
	};
}

async function compileTrial(session: StoreSession, ruleId: number, rules: readonly Rule[]): Promise<RuleSet> {
	const onTasks = rules.some(({ scope }) => scope.vehicles === 'tasks');
	const open = onTasks ? await session.tasks.find({ where: { state: 'created' } }) : [];
	const attached = open.filter(({ ruleIds }) => ruleIds.includes(ruleId));
	const taskWatches = rules.flatMap((rule) =>
		attached.map(({ id, vehicleId, customerId }) => ({ ruleId: rule.id, taskId: id, vehicleId, customerId })),
	);
	return compileRules({ rules, taskWatches, geofences: await session.geofences.find() });
}

function watched({ vehicle, customer }: BacktestVehicle) {
	const { id, customerId, attributes } = vehicle;
	return { id, customerId, attributes, customerAttributes: customer?.attributes ?? {} };
}
