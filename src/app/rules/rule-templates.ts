import type { FieldInput } from '../../domain/fields';
import { nearestName } from '../../domain/nearest-name';
import { ruleTemplates } from '../../domain/rule-files/rule-templates';
import { UnknownTemplateError } from '../errors';
import type { Fleet } from '../fleet';
import { createRule } from '../records/rules';
import type { SavedRule } from '../records/rules';

/**
 * Makes a rule like a shipped template; `overrides` are fields of the rule that take the place of the template's.
 * Rejects with `UnknownTemplateError`, and as `createRule` does.
 */
export async function createRuleFromTemplate(
	fleet: Fleet,
	name: string,
	overrides: FieldInput = {},
): Promise<SavedRule> {
	const templates = ruleTemplates();
	const template = templates.find((one) => one.name === name);
	if (template === undefined) {
		const names = templates.map((one) => one.name);
		throw new UnknownTemplateError(name, nearestName(name, names), names);
	}
	const given = Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
	return await createRule(fleet, { ...template.rule, ...given });
}
