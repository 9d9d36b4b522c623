import type { AttributeValue } from '../attributes';
import { InvalidFieldError } from '../errors';
import { parseObject, refuseOthers, shown } from './parse-object';
import type { JsonObject } from './parse-object';
import { parseAttributeName, parseNumber, parseScalar } from './parse-value';
import type { Reference } from './pattern';

/** Whether a value is written as one that is looked up. */
export function isReferenceLike(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * `kind`: what the value has to be for the operator to make sense.
 * @throws InvalidFieldError
 */
export function parseReference(value: unknown, field: string, kind: 'number' | 'any'): Reference {
	const object = parseObject(value, field, '{ "record": "speedLimit", "default": 100 }');
	const calculation = parseCalculation(object, field);
	if (object.attribute !== undefined) {
		refuseOthers(object, ['attribute', 'times', 'plus'], field);
		return { attribute: parseAttributeName(object.attribute, `${field}.attribute`), ...calculation };
	}
	refuseOthers(object, ['record', 'default', 'times', 'plus', 'attribute'], field);
	const record = parseAttributeName(object.record, `${field}.record`);
	if (isLeftOut(object.default)) return { record, ...calculation };
	const isNumber = kind === 'number' || 'times' in calculation || 'plus' in calculation;
	const fallback: AttributeValue = isNumber
		? parseNumber(object.default, `${field}.default`, 'default')
		: parseScalar(object.default, `${field}.default`);
	return { record, default: fallback, ...calculation };
}

/** What changes nothing is left out. */
function parseCalculation(object: JsonObject, field: string): Pick<Reference, 'times' | 'plus'> {
	const times = isLeftOut(object.times) ? 1 : parseFactor(object.times, `${field}.times`);
	const plus = isLeftOut(object.plus) ? 0 : parseNumber(object.plus, `${field}.plus`, 'plus');
	return { ...(times === 1 ? {} : { times }), ...(plus === 0 ? {} : { plus }) };
}

function parseFactor(value: unknown, field: string): number {
	const factor = parseNumber(value, field, 'times');
	if (factor !== 0) return factor;
	throw new InvalidFieldError(
		field,
		`${shown(value)} in ${field} makes everything 0`,
		'Give another factor, or compare with the number itself.',
	);
}

function isLeftOut(value: unknown): boolean {
	return value === undefined || value === null;
}
