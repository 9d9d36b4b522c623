import { InvalidFieldError } from './errors';
import { kindOf } from './rules/parse-object';

/** What a vehicle can report under one name. Numbers are in the canonical unit of their name (km/h, km, %, degrees Celsius). */
export type AttributeValue = number | string | boolean;

export type Attributes = Readonly<Record<string, AttributeValue>>;

export const MAX_ATTRIBUTE_NAME_LENGTH = 100;
export const MAX_ATTRIBUTE_TEXT_LENGTH = 10_000;

export function isAttributeValue(value: unknown): value is AttributeValue {
	return (
		typeof value === 'string' ||
		typeof value === 'boolean' ||
		(typeof value === 'number' && Number.isFinite(value))
	);
}

/**
 * Checks names and values of attributes; `field` is the path that errors name. Values without content (null,
 * undefined, empty text) are left out.
 * @throws InvalidFieldError
 */
export function parseAttributes(
	entries: Iterable<readonly [string, unknown]>,
	field = 'attributes',
): Attributes {
	const attributes = new Map<string, AttributeValue>();
	for (const [rawName, rawValue] of entries) {
		const name = parseAttributeName(rawName, field);
		const value = parseAttributeValue(rawValue, `${field}.${name}`);
		if (value !== null) attributes.set(name, value);
	}
	return Object.fromEntries(attributes);
}

/** The name as it is kept. @throws InvalidFieldError */
export function parseAttributeName(rawName: string, field = 'attributes'): string {
	const name = rawName.trim();
	// Assigning to `__proto__` anywhere further down would change an object's prototype instead of storing a value.
	if (
		name !== '' &&
		name !== '__proto__' &&
		name.length <= MAX_ATTRIBUTE_NAME_LENGTH &&
		!name.includes('\0')
	) {
		return name;
	}
	throw new InvalidFieldError(
		field,
		`'${name.slice(0, MAX_ATTRIBUTE_NAME_LENGTH)}' cannot be the name of an attribute`,
		`Names have 1 to ${MAX_ATTRIBUTE_NAME_LENGTH} characters.`,
	);
}

/** Null for a value without content. @throws InvalidFieldError */
export function parseAttributeValue(rawValue: unknown, field: string): AttributeValue | null {
	const value = rawValue instanceof Date ? isoText(rawValue, field) : rawValue;
	if (value === null || value === undefined || value === '') return null;
	if (!isAttributeValue(value)) {
		throw new InvalidFieldError(
			field,
			`${field} is ${typeof value === 'number' ? `${value}` : kindOf(value)}`,
			'An attribute is one finite number, one text or true/false. Give each part a name of its own.',
		);
	}
	if (typeof value === 'string' && (value.length > MAX_ATTRIBUTE_TEXT_LENGTH || value.includes('\0'))) {
		throw new InvalidFieldError(
			field,
			`${field} is a text of ${value.length} characters${value.includes('\0') ? ' with a NUL character in it' : ''}`,
			`Texts have up to ${MAX_ATTRIBUTE_TEXT_LENGTH} characters and no NUL.`,
		);
	}
	return value;
}

function isoText(date: Date, field: string): string {
	if (!Number.isNaN(date.getTime())) return date.toISOString();
	throw new InvalidFieldError(field, `${field} is an invalid date`, 'Give ISO 8601, e.g. 2026-03-31.');
}
