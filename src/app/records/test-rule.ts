import type { Attributes } from '../../domain/attributes';
import { attributesObject } from '../../domain/field-parsers';
import { compileRules } from '../../domain/rules/compile-rules';
import { describePattern } from '../../domain/rules/describe-pattern';
import { evaluateRules } from '../../domain/rules/evaluate-rules';
import { patternAttributes } from '../../domain/rules/pattern-attributes';
import type { Rule } from '../../domain/rules/rule';
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

/** Tells whether the pattern is met, whatever the rule's scope and state are. Changes nothing. */
export async function testRule(fleet: Fleet, ref: RecordRef, trial: RuleTrial): Promise<RuleTrialResult> {
	return await fleet.store.read(async (session) => {
		const rule = await findRule(session, ref);
		const attributes =
			'vehicle' in trial
				? await reportedBy(session, trial.vehicle)
				: attributesObject(trial.attributes, 'attributes');
		return holdAgainst(rule, attributes, fleet.clock());
	});
}

async function reportedBy(session: StoreSession, ref: RecordRef): Promise<Attributes> {
	const { id } = await findVehicle(session, ref);
	const status = (await session.statuses.current([id])).get(id);
	if (status === undefined) throw new NoStatusYetError(refText(ref));
	return { ...status.attributes, ...status.position };
}

function holdAgainst(rule: Rule, attributes: Attributes, at: number): RuleTrialResult {
	const everywhere: Rule = { ...rule, enabled: true, scope: { vehicles: 'all' } };
	const ruleSet = compileRules({ rules: [everywhere], taskWatches: [] });
	const vehicle = { vehicleId: 0, customerId: null, attributes, at };
	const met = evaluateRules(ruleSet, vehicle, new Map()).some(({ kind }) => kind === 'fired');
	const evidence = ruleSet.evidenceFor(rule.id, attributes);
	const values = patternAttributes(rule.pattern).map((name) =>
		Object.hasOwn(evidence, name)
			? `${name} is ${JSON.stringify(evidence[name])}`
			: `${name} was never reported`,
	);
	const outcome = `${met ? 'Met' : 'Not met'}: ${describePattern(rule.pattern)}. Here ${values.join(', ')}.`;
	return { met, evidence, sentence: rule.enabled ? outcome : `${outcome} The rule is disabled.` };
}
