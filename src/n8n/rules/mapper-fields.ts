import type { INodePropertyOptions, ResourceMapperField } from 'n8n-workflow';
import { saidFields } from '../descriptions/rule-fields';
import { nameIn } from './entered-values';
import { choicesOf, flatFields, type FlatField } from './flat-fields';
import type { RuleForm } from './rule-form';

/** What lists of the editor offer that only the store and the rule know. */
export interface Choices {
	readonly attributes: readonly INodePropertyOptions[];
	readonly groups: readonly INodePropertyOptions[];
}

/** Shown of every rule, said or not. */
const ALWAYS = ['name', 'severity', 'watches', 'cooldownSeconds'];

/** Always shown in a condition that is there. */
const ESSENTIAL = ['attribute', 'operator', 'value', 'low', 'high', 'values'];

/**
 * A rule as a list of fields that are filled in with what it says now. What it does not say can be added: those
 * fields are hidden at first.
 */
export function mapperFields(form: RuleForm, choices: Choices): ResourceMapperField[] {
	return flatFields(saidFields, form)
		.filter(({ property }) => property.name !== 'pattern')
		.map((field) => mapperField(field, choices));
}

function mapperField(field: FlatField, choices: Choices): ResourceMapperField {
	const { id, label, property, value } = field;
	const isSaid =
		value !== undefined && (value !== property.default || [...ALWAYS, ...ESSENTIAL].includes(property.name));
	const options = optionsOf(field, choices);
	return {
		id,
		displayName: label,
		defaultMatch: false,
		canBeUsedToMatch: false,
		required: false,
		display: true,
		removed: !isSaid,
		...typeOf(field, options),
		...(isSaid ? { defaultValue: value as string | number | boolean } : {}),
	};
}

function typeOf(
	{ property }: FlatField,
	options: INodePropertyOptions[] | null,
): Partial<ResourceMapperField> {
	if (options !== null) return { type: 'options', options };
	return { type: property.type === 'number' || property.type === 'boolean' ? property.type : 'string' };
}

function optionsOf(
	{ property, value }: FlatField,
	{ attributes, groups }: Choices,
): INodePropertyOptions[] | null {
	const { type, name, typeOptions } = property;
	const list = typeOptions?.loadOptionsMethod === undefined ? choicesOf(property) : groups;
	const offered =
		type === 'resourceLocator' && (name === 'attribute' || name === 'other') ? attributes : list;
	if (offered === null) return null;
	// What the rule says now stays what it is, known or not.
	const isOffered = value === undefined || offered.some((option) => option.value === value);
	return isOffered ? [...offered] : [{ name: nameIn(value), value: nameIn(value) }, ...offered];
}
