import type { RuleFields } from '../domain/rules/rule';
import type { OperationInput } from './operation';
import { chosenRef } from './record-ref';
import { fieldsFromRule } from './rules/fields-from-rule';
import { inEditorWords } from './rules/places';
import { ruleFromFields } from './rules/rule-from-fields';
import type { RuleForm } from './rules/rule-form';

type FieldName = keyof RuleForm;

/** The parts of a rule that can be changed by themselves, with the fields that say them. */
export const RULE_PARTS = {
	name: ['name'],
	severity: ['severity'],
	scope: ['watches', 'customer', 'vehicle'],
	conditions: ['match', 'conditions', 'groups'],
	clear: ['clear'],
	escalations: ['escalations'],
	cooldown: ['cooldownSeconds'],
	actions: ['actions'],
	options: ['options'],
} as const satisfies Readonly<Record<string, readonly FieldName[]>>;
export type RulePart = keyof typeof RULE_PARTS;

const ALL_PARTS = Object.keys(RULE_PARTS) as RulePart[];

const FALLBACKS: RuleForm = {
	name: '',
	severity: 'warning',
	watches: 'all',
	customer: null,
	vehicle: null,
	match: 'all',
	conditions: {},
	groups: {},
	clear: {},
	escalations: {},
	cooldownSeconds: 0,
	actions: {},
	options: {},
};

/** A whole rule from the node's parameters. */
export async function readRule(input: OperationInput): Promise<Record<string, unknown>> {
	const form = await readForm(input, ALL_PARTS);
	return { enabled: true, ...ruleFromFields(form) };
}

/** The rule with the parts that are named as the fields say; of the options only those that were added. */
export async function readRuleChanges(
	input: OperationInput,
	rule: RuleFields,
	parts: readonly RulePart[],
): Promise<Record<string, unknown>> {
	const present = fieldsFromRule(rule);
	const changes = await readForm(input, parts);
	const options = { ...present.options, ...changes.options };
	return wholeRule({ ...present, ...changes, options }, rule);
}

/** What `form` says, with nothing left of what it does not say. */
export function wholeRule(form: RuleForm, rule: RuleFields): Record<string, unknown> {
	return {
		maxGapSeconds: null,
		clear: null,
		escalations: null,
		fire: null,
		actions: [],
		enabled: form.options?.enabled ?? rule.enabled,
		...ruleFromFields(form),
	};
}

/** Saves a rule that was made of fields; what is wrong with it is told in the words of the editor. */
export async function inWords<T>(
	rule: Record<string, unknown>,
	save: (rule: Record<string, unknown>) => Promise<T>,
) {
	try {
		return await save(rule);
	} catch (error) {
		throw inEditorWords(rule, error);
	}
}

async function readForm(input: OperationInput, parts: readonly RulePart[]): Promise<RuleForm> {
	const { context, itemIndex } = input;
	const names: FieldName[] = parts.flatMap((part) => RULE_PARTS[part] as readonly FieldName[]);
	const given = names.map(
		(name) => [name, context.getNodeParameter(name, itemIndex, FALLBACKS[name])] as const,
	);
	const form = Object.fromEntries(given.filter(([, value]) => value !== undefined)) as RuleForm;
	return await withScopeIds(form, input);
}

/** Rules keep ids, so a VIN, plate or external id is looked up here. */
export async function withScopeIds(
	form: RuleForm,
	{ fleet, records }: Pick<OperationInput, 'fleet' | 'records'>,
): Promise<RuleForm> {
	if (form.watches === 'customer') {
		const { id } = await records.getCustomer(fleet, chosenRef('customer', form.customer));
		return { ...form, customer: id };
	}
	if (form.watches === 'vehicle') {
		const { id } = await records.getVehicle(fleet, chosenRef('vehicle', form.vehicle));
		return { ...form, vehicle: id };
	}
	return form;
}
