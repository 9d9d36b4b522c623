import type { Attributes } from '../../domain/attributes';
import { attributesObject } from '../../domain/field-parsers';
import type { Geofence } from '../../domain/geofence';
import { compileRules } from '../../domain/rules/compile-rules';
import { describePattern } from '../../domain/rules/describe-pattern';
import { carriedBy } from '../../domain/rules/facts';
import { patternAttributes } from '../../domain/rules/pattern-attributes';
import type { Rule } from '../../domain/rules/rule';
import { runReport } from '../../domain/rules/run-rules';
import type { RuleRun, WatchedVehicle } from '../../domain/rules/run-rules';
import type { VehicleStatus } from '../../domain/status';
import { NoStatusYetError } from '../errors';
import type { Fleet } from '../fleet';
import type { StoreSession } from '../ports/store';
import { findRule, findVehicle } from './find-record';
import { refText } from './record-ref';
import type { RecordRef } from './record-ref';

/** What to hold the rule against: a vehicle's current status, or attributes as a vehicle would report them. */
export type RuleTrial = { readonly vehicle: RecordRef } | { readonly attributes: unknown };

export interface RuleTrialResult {
	readonly met: boolean;
	/** The values of the pattern's attributes, as far as they are known. */
	readonly evidence: Attributes;
	/** Pattern, outcome and values for a person to read. */
	readonly sentence: string;
}

/**
 * Tells whether the pattern is met by one report, whatever came before it: what has to go on for some time, or to
 * happen several times, is not. The rule's scope and state do not matter. Changes nothing.
 */
export async function testRule(fleet: Fleet, ref: RecordRef, trial: RuleTrial): Promise<RuleTrialResult> {
	return await fleet.store.read(async (session) => {
		const rule = await findRule(session, ref);
		const report =
			'vehicle' in trial ? await reportOf(session, trial.vehicle) : givenReport(trial, fleet.clock());
		return holdAgainst(rule, report, await session.geofences.find());
	});
}

interface TrialReport {
	readonly vehicle: WatchedVehicle;
	readonly status: VehicleStatus;
}

async function reportOf(session: StoreSession, ref: RecordRef): Promise<TrialReport> {
	const { id, customerId, attributes } = await findVehicle(session, ref);
	const status = (await session.statuses.current([id])).get(id);
	if (status === undefined) throw new NoStatusYetError(refText(ref));
	const customer = customerId === null ? null : await session.customers.get(customerId);
	return { vehicle: { id, customerId, attributes, customerAttributes: customer?.attributes ?? {} }, status };
}

function givenReport(trial: { readonly attributes: unknown }, at: number): TrialReport {
	const attributes = attributesObject(trial.attributes, 'attributes');
	const { latitude, longitude } = attributes;
	const isPlaced = typeof latitude === 'number' && typeof longitude === 'number';
	const status: VehicleStatus = {
		vehicleId: 0,
		messageId: '',
		reportedAt: at,
		sequence: 0,
		receivedAt: at,
		position: isPlaced ? { latitude, longitude } : null,
		attributes,
	};
	return { vehicle: { id: 0, customerId: null, attributes: {}, customerAttributes: {} }, status };
}

function holdAgainst(
	rule: Rule,
	{ vehicle, status }: TrialReport,
	geofences: readonly Geofence[],
): RuleTrialResult {
	const everywhere: Rule = { ...rule, enabled: true, scope: { vehicles: 'all' } };
	const ruleSet = compileRules({ rules: [everywhere], taskWatches: [], geofences });
	const run: RuleRun = { vehicle, status: null, states: new Map(), changed: new Set() };
	const transitions = runReport(ruleSet, run, status, carriedBy(status));
	const met = transitions.some(({ kind }) => kind === 'fired');
	const evidence = ruleSet.evidenceFor(ruleSet.placeOf(rule.id) as number, status);
	const values = patternAttributes(rule.pattern).map((name) =>
		Object.hasOwn(evidence, name)
			? `${name} is ${JSON.stringify(evidence[name])}`
			: `${name} was never reported`,
	);
	const here = values.length === 0 ? '' : ` Here ${values.join(', ')}.`;
	const outcome = `${met ? 'Met' : 'Not met'}: ${describePattern(rule.pattern, rule.maxGapSeconds)}.${here}`;
	return { met, evidence, sentence: rule.enabled ? outcome : `${outcome} The rule is disabled.` };
}
