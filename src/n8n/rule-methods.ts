import type { ILoadOptionsFunctions, INodePropertyOptions, ResourceMapperFields } from 'n8n-workflow';
import { loadRuntime } from './load-runtime';
import { toNodeError } from './node-error';
import { attributeOptions } from './attribute-options';
import { parseRef } from './record-ref';
import { describeForm } from './rules/describe-form';
import { fieldsFromRule } from './rules/fields-from-rule';
import { formOf } from './rules/flat-fields';
import { mapperFields } from './rules/mapper-fields';
import { escaped } from './rules/rule-page';
import { PART_OF_CLEAR, type RuleForm } from './rules/rule-form';

function currentForm(context: ILoadOptionsFunctions): RuleForm {
	const parameters = context.getCurrentNodeParameters() ?? {};
	const { value } = (parameters.fields ?? {}) as { value?: Record<string, unknown> | null };
	return parameters.operation === 'update' ? formOf(value ?? {}) : parameters;
}

/** The rule that is being edited, in words; the editor shows the notice of a mapper that has no fields. */
async function sayRule(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	try {
		const form = currentForm(this);
		if (Object.keys(form).length === 0) return { fields: [], emptyFieldsNotice: 'Choose a rule.' };
		const { openFleet, records } = await loadRuntime();
		const desk = { fleet: await openFleet(this), records };
		const { sentence, remarks } = await describeForm(form, desk);
		const said = sentence === null ? [] : [`<strong>${escaped(sentence)}</strong>`];
		return { fields: [], emptyFieldsNotice: [...said, ...remarks.map(escaped)].join('<br>') };
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}

/** The fields of the rule that is chosen, filled in with what it says now. */
async function getRuleFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	try {
		const ref = parseRef('rule', this.getCurrentNodeParameter('rule'));
		if (ref === null) return { fields: [], emptyFieldsNotice: 'Choose a rule to see its fields.' };
		const { openFleet, records } = await loadRuntime();
		const fleet = await openFleet(this);
		const rule = await records.getRule(fleet, ref);
		const form = fieldsFromRule(rule);
		const attributes = attributeOptions(await records.knownAttributes(fleet));
		return { fields: mapperFields(form, { attributes, groups: groupNames(form) }) };
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}

function groupNames(form: RuleForm): INodePropertyOptions[] {
	return (form.groups?.group ?? []).map(({ name }, index) => {
		const shown = name?.trim() || `Group ${index + 1}`;
		return { name: shown, value: shown };
	});
}

async function getRuleGroups(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return [{ name: '(None)', value: '' }, ...groupNames(currentForm(this))];
}

async function getParentGroups(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return [
		{ name: 'The Conditions of the Rule', value: '' },
		{ name: 'Clear When', value: PART_OF_CLEAR },
		...groupNames(currentForm(this)),
	];
}

export const ruleLoadOptions = { getRuleGroups, getParentGroups };
export const ruleResourceMapping = { sayRule, getRuleFields };
