import type { FieldInput } from '../../domain/fields';
import { ruleFieldsOf, type Rule, type RuleFields } from '../../domain/rules/rule';
import type { StoreSession } from '../ports/store';
import { changedRule } from '../records/rules';
import { findRuleVersion } from './rule-versions';

/** The form of a rule that is tried: as it is saved, or as a version has it, with changes that are not saved. */
export interface Candidate {
	readonly version?: number;
	/** As for an update of the rule. */
	readonly changes?: FieldInput;
}

/** Rejects with `RecordNotFoundError` for a version that there is not, and as an update with the changes does. */
export async function candidateFields(
	session: StoreSession,
	rule: Rule,
	{ version, changes }: Candidate,
): Promise<RuleFields> {
	const fields =
		version === undefined ? ruleFieldsOf(rule) : (await findRuleVersion(session, rule.id, version)).fields;
	return changes === undefined ? fields : changedRule(fields, changes);
}
