import { isAttributeValue, MAX_ATTRIBUTE_NAME_LENGTH, MAX_ATTRIBUTE_TEXT_LENGTH } from '../attributes';
import type { AttributeValue } from '../attributes';
import { InvalidFieldError } from '../errors';
import { kindOf, shown } from './parse-object';

/** @throws InvalidFieldError for what no vehicle can report a value under */
export function parseAttributeName(value: unknown, field: string): string {
	const name = typeof value === 'string' ? value.trim() : '';
	// `__proto__` is no name that anything can be reported under.
	if (name !== '' && name.length <= MAX_ATTRIBUTE_NAME_LENGTH && name !== '__proto__') return name;
	throw new InvalidFieldError(
		field,
		name === '' ? `${field} names no attribute` : `${shown(name)} in ${field} cannot be an attribute`,
		`Give the name of an attribute that the vehicles report, e.g. fuelLevel, with up to ${MAX_ATTRIBUTE_NAME_LENGTH} characters.`,
	);
}

/** @throws InvalidFieldError for anything but one number, one text, true or false */
export function parseScalar(value: unknown, field: string): AttributeValue {
	if (isAttributeValue(value) && String(value).length <= MAX_ATTRIBUTE_TEXT_LENGTH) {
		return typeof value === 'number' ? unsignedZero(value) : value;
	}
	throw new InvalidFieldError(
		field,
		typeof value === 'string'
			? `${field} has ${value.length} characters`
			: `${field} is ${typeof value === 'number' ? value : kindOf(value)}`,
		`Give one finite number, true, false or one text of up to ${MAX_ATTRIBUTE_TEXT_LENGTH} characters.`,
	);
}

/** @throws InvalidFieldError saying that `operator` takes a number */
export function parseNumber(value: unknown, field: string, operator: string): number {
	if (typeof value === 'number' && Number.isFinite(value)) return unsignedZero(value);
	const isQuoted = typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value));
	throw new InvalidFieldError(
		field,
		`${field} is ${typeof value === 'string' ? `the text ${shown(value)}` : typeof value === 'number' ? value : kindOf(value)}, but '${operator}' compares numbers`,
		isQuoted
			? `Write ${value.trim()} without quotes.`
			: "Give a finite number; texts can be compared with 'eq', 'ne', 'in', 'contains' and 'matches'.",
	);
}

/** @throws InvalidFieldError unless the two are numbers, the lower one first */
export function parseBounds(value: unknown, field: string): readonly [number, number] {
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

/** JSON knows one zero: a rule that was stored and read is the same. */
function unsignedZero(value: number): number {
	return value === 0 ? 0 : value;
}
