import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { FieldInput } from '../domain/fields';
import { typedValue } from './typed-value';

/** Rows of names and values; `readFields` makes them the record's `attributes`. */
export const attributesField: INodeProperties = {
	displayName: 'Attributes',
	name: 'attributes',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Attribute' },
	placeholder: 'Add Attribute',
	default: {},
	description: "Anything else worth keeping, by names of your own; added to the record's other attributes",
	options: [
		{
			displayName: 'Attribute',
			name: 'attribute',
			values: [
				{ displayName: 'Name', name: 'name', type: 'string', default: '', placeholder: 'e.g. colour' },
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					placeholder: 'e.g. white',
					description: 'Numbers, true and false are taken as such, all else as text; "15" in quotes is text',
				},
			],
		},
	],
};

export const additionalFields = (options: INodeProperties[]): INodeProperties => ({
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options,
});

export const updateFields = (options: INodeProperties[]): INodeProperties => ({
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	description: 'What is not added here stays as it is; an empty field is cleared',
	options,
});

/**
 * The values of the parameters `names` as far as they are filled in, and of the collection whatever was added to it,
 * filled in or not: adding a field and leaving it empty clears it.
 */
export function readFields(
	context: Pick<IExecuteFunctions, 'getNodeParameter'>,
	itemIndex: number,
	names: readonly string[],
	collection: 'additionalFields' | 'updateFields',
): FieldInput {
	const filledIn = names
		.map((name) => [name, context.getNodeParameter(name, itemIndex, '')] as const)
		.filter(([, value]) => value !== '' && value !== null && value !== undefined);
	const { attributes, ...added } = context.getNodeParameter(collection, itemIndex, {});
	return {
		...Object.fromEntries(filledIn),
		...added,
		...(attributes === undefined ? {} : { attributes: readAttributes(attributes) }),
	};
}

/** The rows of `attributesField` as one object. */
export function readAttributes(given: unknown): Record<string, unknown> {
	const { attribute = [] } = given as { attribute?: readonly { name?: string; value?: unknown }[] };
	return Object.fromEntries(attribute.map(({ name = '', value }) => [name, typedValue(value)]));
}
