import { RE2JS } from 're2js';
import { InvalidFieldError } from '../errors';
import { kindOf, parseList, parseWord, pathTo, refuseOthers } from './parse-object';
import type { JsonObject } from './parse-object';
import { isReferenceLike, parseReference } from './parse-reference';
import { parseUnit } from './parse-unit';
import { parseBounds, parseNumber, parseScalar } from './parse-value';
import type { Comparison, ComparisonOperator } from './pattern';

const MAX_LIST_LENGTH = 1_000;
const MAX_EXPRESSION_LENGTH = 1_000;

type Value = NonNullable<Comparison['value']>;

/**
 * The rest of a comparison whose attribute and operator are known already.
 * @throws InvalidFieldError naming the part that is wrong, as a dotted path from `field` on
 */
export function parseComparison(
	object: JsonObject,
	field: string,
	attribute: string,
	operator: ComparisonOperator,
): Comparison {
	refuseOthers(object, ['attribute', 'of', 'operator', 'value', 'unit'], field);
	const of = object.of ?? undefined;
	const subject: Comparison = {
		attribute,
		...(of === undefined ? {} : { of: parseWord(of, ['record'] as const, pathTo(field, 'of')) }),
		operator,
	};
	const valueField = pathTo(field, 'value');
	const unitField = pathTo(field, 'unit');
	if (operator === 'exists' || operator === 'missing') {
		refuseNeedless(object.value, valueField, `'${operator}' compares with nothing`, "compare with 'eq'");
		refuseNeedless(object.unit, unitField, `'${operator}' compares with nothing`, "compare with 'eq'");
		return subject;
	}
	const value = parseValue(operator, object.value, valueField);
	refuseItself(subject, value, valueField);
	if (object.unit === undefined || object.unit === null) return { ...subject, value };
	if (!takesUnit(operator, value)) {
		refuseNeedless(object.unit, unitField, 'no number is measured there', 'compare with numbers');
	}
	return { ...subject, value, unit: parseUnit(object.unit, unitField, attribute) };
}

function parseValue(
	operator: Exclude<ComparisonOperator, 'exists' | 'missing'>,
	value: unknown,
	field: string,
): Value {
	switch (operator) {
		case 'eq':
		case 'ne':
			return isReferenceLike(value) ? parseReference(value, field, 'any') : parseScalar(value, field);
		case 'contains':
			if (isReferenceLike(value)) return parseReference(value, field, 'any');
			return parseScalar(requireText(value, field, "'contains' looks for a text", 'error'), field);
		case 'matches':
			return parseExpression(value, field);
		case 'in':
			return parseList(value, field, MAX_LIST_LENGTH).map((one, i) => parseScalar(one, `${field}[${i}]`));
		case 'between':
			return parseBounds(value, field);
		default:
			return isReferenceLike(value)
				? parseReference(value, field, 'number')
				: parseNumber(value, field, operator);
	}
}

function requireText(value: unknown, field: string, why: string, example: string): string {
	if (typeof value === 'string' && value !== '') return value;
	throw new InvalidFieldError(
		field,
		`${field} is ${value === '' ? 'empty' : kindOf(value)}, but ${why}`,
		`Give the text to look for, e.g. "${example}".`,
	);
}

function parseExpression(value: unknown, field: string): string {
	const expression = requireText(value, field, "'matches' looks for a regular expression", '^P[0-9]{4}$');
	const hint = 'Regular expressions are written as in RE2: without look-around and without back references.';
	if (expression.length > MAX_EXPRESSION_LENGTH) {
		throw new InvalidFieldError(
			field,
			`${field} has ${expression.length} characters, more than ${MAX_EXPRESSION_LENGTH}`,
			"Shorten it, or use 'in' for a list of texts.",
		);
	}
	try {
		RE2JS.compile(expression);
		return expression;
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new InvalidFieldError(
			field,
			`The regular expression in ${field} is wrong: ${reason.replace(/^error parsing regexp: /, '')}`,
			hint,
		);
	}
}

/** @throws InvalidFieldError for a value that is given though nothing would look at it */
export function refuseNeedless(value: unknown, field: string, why: string, otherwise: string): void {
	if (value === undefined || value === null) return;
	const name = field.slice(field.lastIndexOf('.') + 1);
	throw new InvalidFieldError(
		field,
		`${field} is given, but ${why}`,
		`Leave the ${name} out, or ${otherwise}.`,
	);
}

function refuseItself(subject: Comparison, value: Value, field: string): void {
	if (typeof value !== 'object' || Array.isArray(value) || 'times' in value || 'plus' in value) return;
	const other = 'record' in value ? value.record : 'attribute' in value ? value.attribute : null;
	if (other !== subject.attribute || 'record' in value !== (subject.of === 'record')) return;
	throw new InvalidFieldError(
		field,
		`${field} compares ${subject.attribute} with itself`,
		'Name another attribute, or add "times" or "plus".',
	);
}

function takesUnit(operator: ComparisonOperator, value: Value): boolean {
	if (operator === 'contains' || operator === 'matches' || operator === 'withinDays') return false;
	if (Array.isArray(value)) return value.every((one) => typeof one === 'number');
	return typeof value === 'number' || typeof value === 'object';
}
