import { isAttributeValue, MAX_ATTRIBUTE_NAME_LENGTH, MAX_ATTRIBUTE_TEXT_LENGTH } from '../attributes';
import type { AttributeValue } from '../attributes';
import { InvalidFieldError } from '../errors';
import { kindOf, parseList, parseWord, pathTo, refuseOthers, shown } from './parse-object';
import type { JsonObject } from './parse-object';
import { COMPARISON_OPERATORS } from './pattern';
import type { Comparison, ComparisonOperator } from './pattern';

const MAX_LIST_LENGTH = 1_000;

/** How people and other systems write the operators. */
const OTHER_SPELLINGS: Readonly<Record<ComparisonOperator, readonly string[]>> = {
	eq: ['=', '==', '===', 'is', 'equal', 'equals', 'equalto'],
	ne: ['!=', '!==', '<>', 'neq', 'not', 'isnot', 'notequal', 'notequals', 'differs'],
	lt: ['<', 'less', 'lessthan', 'below', 'smaller', 'under'],
	lte: ['<=', 'le', 'lessorequal', 'lessthanorequal', 'lessthanorequalto', 'atmost', 'max'],
	gt: ['>', 'greater', 'greaterthan', 'above', 'more', 'morethan', 'over', 'larger', 'exceeds'],
	gte: ['>=', 'ge', 'greaterorequal', 'greaterthanorequal', 'greaterthanorequalto', 'atleast', 'min'],
	between: ['range', 'inrange', 'within'],
	in: ['oneof', 'anyof', 'isin', 'list'],
	contains: ['includes', 'has', 'like', 'substring'],
	exists: ['isset', 'present', 'known', 'notmissing', 'notempty'],
	missing: ['notexists', 'absent', 'unset', 'unknown', 'isempty', 'empty', 'doesnotexist'],
};

/** @throws InvalidFieldError naming the part of the comparison that is wrong, as a dotted path from `field` on. */
export function parseComparison(object: JsonObject, field: string): Comparison {
	refuseOthers(object, ['attribute', 'operator', 'value'], field);
	const attribute = parseAttributeName(object.attribute, pathTo(field, 'attribute'));
	const operator = parseWord(object.operator, COMPARISON_OPERATORS, pathTo(field, 'operator'), otherOperator);
	const valueField = pathTo(field, 'value');
	if (operator === 'exists' || operator === 'missing') {
		if (object.value === undefined || object.value === null) return { attribute, operator };
		throw new InvalidFieldError(
			valueField,
			`${valueField} is given, but '${operator}' compares with nothing`,
			"Leave the value out, or compare with 'eq'.",
		);
	}
	return { attribute, operator, value: parseValue(operator, object.value, valueField) };
}

function otherOperator(given: string): ComparisonOperator | null {
	const plain = given.toLowerCase().replace(/[\s_-]/g, '');
	return COMPARISON_OPERATORS.find((operator) => OTHER_SPELLINGS[operator].includes(plain)) ?? null;
}

function parseAttributeName(value: unknown, field: string): string {
	const name = typeof value === 'string' ? value.trim() : '';
	// `__proto__` is no name that anything can be reported under.
	if (name !== '' && name.length <= MAX_ATTRIBUTE_NAME_LENGTH && name !== '__proto__') return name;
	throw new InvalidFieldError(
		field,
		name === '' ? `${field} names no attribute` : `${shown(name)} in ${field} cannot be an attribute`,
		`Give the name of an attribute that the vehicles report, e.g. fuelLevel, with up to ${MAX_ATTRIBUTE_NAME_LENGTH} characters.`,
	);
}

function parseValue(
	operator: Exclude<ComparisonOperator, 'exists' | 'missing'>,
	value: unknown,
	field: string,
): AttributeValue | readonly AttributeValue[] {
	switch (operator) {
		case 'eq':
		case 'ne':
			return parseScalar(value, field);
		case 'contains':
			if (typeof value === 'string' && value !== '') return parseScalar(value, field);
			throw new InvalidFieldError(
				field,
				`${field} is ${value === '' ? 'empty' : kindOf(value)}, but 'contains' looks for a text`,
				'Give the text to look for, e.g. "error".',
			);
		case 'in':
			return parseList(value, field, MAX_LIST_LENGTH).map((one, i) => parseScalar(one, `${field}[${i}]`));
		case 'between':
			return parseBounds(value, field);
		default:
			return parseNumber(value, field, operator);
	}
}

function parseScalar(value: unknown, field: string): AttributeValue {
	if (isAttributeValue(value) && String(value).length <= MAX_ATTRIBUTE_TEXT_LENGTH) return value;
	throw new InvalidFieldError(
		field,
		typeof value === 'string'
			? `${field} has ${value.length} characters`
			: `${field} is ${typeof value === 'number' ? value : kindOf(value)}`,
		`Give one finite number, true, false or one text of up to ${MAX_ATTRIBUTE_TEXT_LENGTH} characters.`,
	);
}

function parseNumber(value: unknown, field: string, operator: string): number {
	if (typeof value === 'number' && Number.isFinite(value)) return value;
	const isQuoted = typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value));
	throw new InvalidFieldError(
		field,
		`${field} is ${typeof value === 'string' ? `the text ${shown(value)}` : typeof value === 'number' ? value : kindOf(value)}, but '${operator}' compares numbers`,
		isQuoted
			? `Write ${value.trim()} without quotes.`
			: "Give a finite number; texts can be compared with 'eq', 'ne', 'in' and 'contains'.",
	);
}

function parseBounds(value: unknown, field: string): readonly [number, number] {
	if (!Array.isArray(value) || value.length !== 2) {
		throw new InvalidFieldError(
			field,
			`${field} is ${Array.isArray(value) ? `a list of ${value.length}` : kindOf(value)}, but 'between' takes two numbers`,
			'Give the lowest and the highest number, e.g. [5, 10].',
		);
	}
	const [low, high] = [
		parseNumber(value[0], `${field}[0]`, 'between'),
		parseNumber(value[1], `${field}[1]`, 'between'),
	];
	if (low <= high) return [low, high];
	throw new InvalidFieldError(
		field,
		`Nothing is between ${low} and ${high} (${field})`,
		`Put the lower number first: [${high}, ${low}].`,
	);
}
