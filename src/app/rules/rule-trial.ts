import { describePattern } from '../../domain/rules/describe-pattern';
import { ruleFieldsOf, type Rule } from '../../domain/rules/rule';
import { vehicleLabel } from '../../domain/vehicle';
import { NoTrialError } from '../errors';
import type { Fleet } from '../fleet';
import type { StoreSession } from '../ports/store';
import { awakenRule } from '../records/awaken-rule';
import { findRule } from '../records/find-record';
import type { RecordRef } from '../records/record-ref';
import { endTrials, replaceRuleIn, type SavedRule } from '../records/rules';
import { candidateFields, type Candidate } from './candidate-fields';
import { firingDifference, type ComparedFiring, type FiringDifference } from './firing-difference';

export interface TrialComparison extends FiringDifference<ComparedFiring & { readonly vehicle: string }> {
	readonly rule: string;
	/** The saved rule, and the form that is on trial. */
	readonly saved: { readonly version: number; readonly sentence: string; readonly fired: number };
	readonly trial: { readonly sentence: string; readonly fired: number };
	/** Both are compared by what they did since. */
	readonly startedAt: number;
	readonly until: number;
}

/**
 * Lets another form of the rule run on the live feed beside it: it fires on record, but nothing is done and nobody is
 * told. A trial that ran before ends. Rejects as reading and changing the rule do.
 */
export async function startTrial(fleet: Fleet, ref: RecordRef, candidate: Candidate): Promise<Rule> {
	return await fleet.store.write(async (session) => {
		const at = fleet.clock();
		const rule = await findRule(session, ref);
		const fields = await candidateFields(session, rule, candidate);
		await endTrials(session, rule, at);
		const trial = await session.rules.createShadow(rule.id, { ...fields, enabled: true }, at);
		await awakenRule(session, trial, at);
		return trial;
	});
}

/** What it fired stays on record. Rejects with `NoTrialError` when none runs. */
export async function stopTrial(fleet: Fleet, ref: RecordRef): Promise<Rule> {
	return await fleet.store.write(async (session) => {
		const { rule, trial } = await ruleAndTrial(session, ref);
		await endTrials(session, rule, fleet.clock());
		return trial;
	});
}

/** Makes the form on trial the rule's next version, and ends the trial. Rejects with `NoTrialError`. */
export async function adoptTrial(fleet: Fleet, ref: RecordRef): Promise<SavedRule> {
	return await fleet.store.write(async (session) => {
		const at = fleet.clock();
		const { rule, trial } = await ruleAndTrial(session, ref);
		await endTrials(session, rule, at);
		return await replaceRuleIn(session, rule, { ...ruleFieldsOf(trial), enabled: rule.enabled }, at);
	});
}

/** What rule and trial did since the trial began. Rejects with `NoTrialError`. */
export async function compareTrial(fleet: Fleet, ref: RecordRef): Promise<TrialComparison> {
	return await fleet.store.read(async (session) => {
		const { rule, trial } = await ruleAndTrial(session, ref);
		const [startedAt, until] = [trial.createdAt, fleet.clock()];
		// A report may be dated a little ahead of this clock.
		const firingsOf = async ({ id }: Rule) =>
			await session.firings.openedBetween(id, startedAt, Number.MAX_SAFE_INTEGER);
		const [saved, tried] = [await firingsOf(rule), await firingsOf(trial)];
		const vehicles = await session.vehicles.getMany([
			...new Set([...saved, ...tried].map(({ vehicleId }) => vehicleId)),
		]);
		const named = (firing: ComparedFiring) => {
			const vehicle = vehicles.get(firing.vehicleId);
			return { ...firing, vehicle: vehicle ? vehicleLabel(vehicle) : String(firing.vehicleId) };
		};
		return {
			rule: rule.name,
			saved: { version: rule.version, sentence: describePattern(rule.pattern), fired: saved.length },
			trial: { sentence: describePattern(trial.pattern), fired: tried.length },
			...{ startedAt, until },
			...firingDifference(saved.map(named), tried.map(named)),
		};
	});
}

async function ruleAndTrial(session: StoreSession, ref: RecordRef): Promise<{ rule: Rule; trial: Rule }> {
	const rule = await findRule(session, ref);
	const [trial] = await session.rules.find({ where: { shadowOf: rule.id }, limit: 1 });
	if (trial === undefined) throw new NoTrialError(rule.name);
	return { rule, trial };
}
