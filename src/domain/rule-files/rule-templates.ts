import { parseRuleFields } from '../rules/parse-rule';
import type { RuleFields } from '../rules/rule';
import files from './rule-templates.json';

/** A rule that many fleets use, to begin with and to change. */
export interface RuleTemplate {
	/** Stays the same for ever, e.g. `low-fuel`. */
	readonly name: string;
	readonly title: string;
	/** When it fires, and what it needs. */
	readonly description: string;
	readonly rule: RuleFields;
}

/**
 * The templates that are shipped, by title. Their geofences are named by tag, their thresholds where vehicles differ by
 * an attribute of the vehicle with a default: so each works as it is.
 */
export function ruleTemplates(): readonly RuleTemplate[] {
	return files
		.map(({ name, description, rule }) => {
			const fields = parseRuleFields(rule);
			return { name, title: fields.name, description, rule: fields };
		})
		.sort((a, b) => (a.title < b.title ? -1 : 1));
}
