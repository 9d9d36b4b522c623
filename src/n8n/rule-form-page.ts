import type { IDataObject } from 'n8n-workflow';
import { InvalidFieldError } from '../domain/errors';
import type { Rule } from '../domain/rules/rule';
import { attributeOptions } from './attribute-options';
import type { OperationInput } from './operation';
import { inWords, wholeRule, withScopeIds } from './read-rule';
import { chosenRef } from './record-ref';
import { isBlank, nameIn } from './rules/entered-values';
import { fieldsFromRule } from './rules/fields-from-rule';
import { formFromPage } from './rules/form-from-page';
import type { RuleForm } from './rules/rule-form';
import { ruleFromFields } from './rules/rule-from-fields';
import { pageFields, pageValues, splitConditions, type PageValues } from './rules/rule-page';

type Desk = Pick<OperationInput, 'fleet' | 'records'>;

export interface PageRequest {
	/** Null for a new one. */
	readonly rule: Rule | null;
	/** Name or title of the template that a new one begins with; empty for none. */
	readonly template: string;
	/** What was entered before, if anything. */
	readonly entered: object | string;
	readonly problem: string;
}

/** The fields of the page for a rule, and what else the pages before and after it show. */
export async function pageOf({ fleet, records }: Desk, request: PageRequest): Promise<IDataObject> {
	const { rule, template, entered, problem } = request;
	const form = formAsItIs(records, rule, template);
	const values = isBlank(entered) ? pageValues(form) : valuesIn(entered);
	const formFields = pageFields(values, {
		attributes: attributeOptions(await records.knownAttributes(fleet)),
		keepsSome: splitConditions(form).keepsSome,
		sentence: form.name === undefined ? null : (await sayForm({ fleet, records }, form)).sentence,
		template,
		problem: problem === '' ? null : problem,
		ruleId: rule === null ? '' : String(rule.id),
	});
	return {
		formFields,
		ruleName: rule?.name ?? '',
		templates: records.ruleTemplates().map(({ title, description }) => ({ title, description })),
	};
}

async function sayForm({ fleet, records }: Desk, form: RuleForm) {
	return await records.sayRule(fleet, ruleFromFields(form));
}

/** What the page begins with, and what stays that it does not show. */
function formAsItIs(records: Desk['records'], rule: Rule | null, template: string): RuleForm {
	if (rule !== null) return fieldsFromRule(rule);
	if (template === '') return {};
	const templates = records.ruleTemplates();
	const found = templates.find(({ name, title }) => name === template || title === template);
	if (found !== undefined) return fieldsFromRule(found.rule);
	throw new InvalidFieldError(
		'template',
		`There is no template '${template}'`,
		`Choose one of: ${templates.map(({ title }) => title).join(', ')}.`,
	);
}

/** Saves what was entered; `test` says whether the vehicle that was named meets it now. */
export async function savePage(desk: Desk, entered: object | string): Promise<IDataObject> {
	const { fleet, records } = desk;
	const values = valuesIn(entered);
	const id = nameIn(values.ruleId);
	const rule = id === '' ? null : await records.getRule(fleet, chosenRef('rule', id));
	const page = await withScopeIds(
		formFromPage(values, formAsItIs(records, rule, nameIn(values.template))),
		desk,
	);
	const fields = rule === null ? { enabled: true, ...ruleFromFields(page) } : wholeRule(page, rule);
	const { record, warnings } = await inWords(fields, async (input) =>
		rule === null
			? await records.createRule(fleet, input)
			: await records.updateRule(fleet, { id: rule.id }, input),
	);
	const { sentence } = await records.sayRule(fleet, { ...record });
	return {
		id: record.id,
		name: record.name,
		sentence,
		warnings: [...warnings],
		test: await tested(desk, record, values),
	};
}

/** A vehicle that cannot be tested does not undo what was saved. */
async function tested({ fleet, records }: Desk, rule: Rule, values: PageValues): Promise<string> {
	const vehicle = nameIn(values.testVehicle);
	if (vehicle === '') return '';
	try {
		const trial = { vehicle: chosenRef('vehicle', vehicle) };
		return (await records.testRule(fleet, { id: rule.id }, trial)).sentence;
	} catch (error) {
		return `It could not be tested: ${error instanceof Error ? error.message : String(error)}`;
	}
}

function valuesIn(entered: object | string): PageValues {
	const values: unknown = typeof entered === 'string' ? JSON.parse(entered) : entered;
	if (typeof values === 'object' && values !== null) return values as PageValues;
	throw new InvalidFieldError('values', 'Values are no object', 'Give what the form page gave.');
}
