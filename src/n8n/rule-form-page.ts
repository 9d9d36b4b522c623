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
import { ruleFromFields } from './rules/rule-from-fields';
import { pageFields, pageValues, splitConditions, type PageValues } from './rules/rule-page';

type Desk = Pick<OperationInput, 'fleet' | 'records'>;

/** The page for this rule, or for a new one; filled in with what was entered before, if anything. */
export async function pageOf(
	{ fleet, records }: Desk,
	rule: Rule | null,
	entered: object | string,
	problem: string,
): Promise<IDataObject> {
	const form = rule === null ? {} : fieldsFromRule(rule);
	const values = isBlank(entered) ? pageValues(form) : valuesIn(entered);
	const formFields = pageFields(values, {
		attributes: attributeOptions(await records.knownAttributes(fleet)),
		keepsSome: splitConditions(form).keepsSome,
		sentence: rule && (await records.sayRule(fleet, { ...rule })).sentence,
		problem: problem === '' ? null : problem,
		ruleId: rule === null ? '' : String(rule.id),
	});
	return { formFields, ruleName: rule?.name ?? '' };
}

/** Saves what was entered; `test` says whether the vehicle that was named meets it now. */
export async function savePage(desk: Desk, entered: object | string): Promise<IDataObject> {
	const { fleet, records } = desk;
	const values = valuesIn(entered);
	const id = nameIn(values.ruleId);
	const rule = id === '' ? null : await records.getRule(fleet, chosenRef('rule', id));
	const page = await withScopeIds(formFromPage(values, rule === null ? {} : fieldsFromRule(rule)), desk);
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
