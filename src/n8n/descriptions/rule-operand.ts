import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { UNIT_NAMES } from '../../domain/units';
import { listMode } from './locators';
import { REFERENCE_OPERATORS, UNIT_OPERATORS, VALUE_OPERATORS } from './rule-operators';

/** A field that its row shows at once, although the row can do without. */
export const atOnce = { typeOptions: { showEvenWhenOptional: true } };

const REFERENCES = ['attribute', 'record'];
const whenConstant = { hide: { compareWith: REFERENCES } };

export const attributeLocator = (overrides: Partial<INodeProperties> = {}): INodeProperties => ({
	displayName: 'Attribute',
	name: 'attribute',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: 'What the vehicles report. The list shows every attribute seen so far, with its last value.',
	modes: [
		listMode('searchAttributes', 'Select an attribute...'),
		{ displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. fuelLevel' },
	],
	...atOnce,
	...overrides,
});

const field = (
	overrides: Partial<INodeProperties> & Pick<INodeProperties, 'displayName' | 'name'>,
): INodeProperties => ({
	type: 'string',
	default: '',
	...overrides,
});

/** What something is compared with, for these of the operators: a constant or, added when needed, another value. */
export function operandFields(operators: INodePropertyOptions[], fallback: string): INodeProperties[] {
	const among = (allowed: readonly string[]) =>
		operators.map(({ value }) => value as string).filter((value) => allowed.includes(value));
	const shown = (allowed: readonly string[], more: Record<string, string[]> = {}) => ({
		show: { operator: among(allowed), ...more },
	});
	const constant = (allowed: readonly string[]) => ({ ...shown(allowed), ...whenConstant });
	const fields = [
		field({
			displayName: 'Comparison',
			name: 'operator',
			type: 'options',
			default: fallback,
			options: operators,
			...atOnce,
		}),
		field({
			displayName: 'Value',
			name: 'value',
			placeholder: 'e.g. 15',
			description: 'Numbers, true and false are taken as such, all else as text; "15" in quotes is text',
			displayOptions: constant(VALUE_OPERATORS),
			...atOnce,
		}),
		field({
			displayName: 'Days',
			name: 'value',
			placeholder: 'e.g. 14',
			description: 'The date is at most so many days ahead, or past',
			displayOptions: constant(['withinDays']),
			...atOnce,
		}),
		field({
			displayName: 'From',
			name: 'low',
			placeholder: 'e.g. 15',
			description: 'The lowest number that still counts',
			displayOptions: shown(['between']),
			...atOnce,
		}),
		field({
			displayName: 'To',
			name: 'high',
			placeholder: 'e.g. 30',
			description: 'The highest number that still counts',
			displayOptions: shown(['between']),
			...atOnce,
		}),
		field({
			displayName: 'Values',
			name: 'values',
			placeholder: 'e.g. idle, off',
			description: 'Separated by commas',
			displayOptions: shown(['in']),
			...atOnce,
		}),
		field({
			displayName: 'Compare With',
			name: 'compareWith',
			type: 'options',
			default: 'value',
			options: [
				{ name: 'A Value', value: 'value' },
				{ name: 'Another Attribute', value: 'attribute', description: 'That the same vehicle reports' },
				{
					name: 'An Entered Value',
					value: 'record',
					description: "The vehicle's own, e.g. its speed limit, else its customer's",
				},
			],
			displayOptions: shown(REFERENCE_OPERATORS),
		}),
		attributeLocator({
			displayName: 'Other Attribute',
			name: 'other',
			displayOptions: shown(REFERENCE_OPERATORS, { compareWith: ['attribute'] }),
		}),
		field({
			displayName: 'Entered Attribute',
			name: 'other',
			placeholder: 'e.g. speedLimit',
			description:
				'Name under which the value was entered among the attributes of the vehicle or its customer',
			displayOptions: shown(REFERENCE_OPERATORS, { compareWith: ['record'] }),
			...atOnce,
		}),
		field({
			displayName: 'Value if None Is Entered',
			name: 'otherDefault',
			placeholder: 'e.g. 80',
			displayOptions: shown(REFERENCE_OPERATORS, { compareWith: ['record'] }),
			...atOnce,
		}),
		field({
			displayName: 'Times',
			name: 'factor',
			type: 'number',
			default: 1,
			description: 'What the other value is multiplied by',
			displayOptions: shown(REFERENCE_OPERATORS, { compareWith: REFERENCES }),
		}),
		field({
			displayName: 'Plus',
			name: 'plus',
			type: 'number',
			default: 0,
			description: 'What is added to the other value; negative to take away',
			displayOptions: shown(REFERENCE_OPERATORS, { compareWith: REFERENCES }),
		}),
		field({
			displayName: 'Unit',
			name: 'unit',
			type: 'options',
			default: '',
			options: [
				{ name: "The Attribute's Own", value: '' },
				...UNIT_NAMES.map((unit) => ({ name: unit, value: unit })),
			],
			description: 'Of the numbers entered here; vehicles report km/h, km, °C, L, kPa, V, min and %',
			displayOptions: shown(UNIT_OPERATORS),
		}),
	];
	return fields.filter(({ displayOptions }) => displayOptions?.show?.operator?.length !== 0);
}
