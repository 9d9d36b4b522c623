import type { FieldInput } from '../../domain/fields';
import { describeRule } from '../../domain/rules/describe-rule';
import { parseRuleFields } from '../../domain/rules/parse-rule';
import type { Fleet } from '../fleet';
import { warningsOf } from '../records/rule-warnings';

export interface RuleInWords {
	readonly sentence: string;
	/** What a person should look at, although the rule is good as it is. */
	readonly warnings: readonly string[];
}

/** Says a rule that is not saved. Rejects with `InvalidFieldError` for one that could not be. */
export async function sayRule(fleet: Fleet, input: FieldInput): Promise<RuleInWords> {
	const fields = parseRuleFields(input);
	const warnings = await fleet.store.read(async (session) => await warningsOf(session, fields));
	return { sentence: describeRule(fields), warnings };
}
