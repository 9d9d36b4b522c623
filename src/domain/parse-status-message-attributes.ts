import { isAttributeValue, type Attributes, type AttributeValue } from './attributes';
import { InvalidFieldError } from './errors';
import { hasTopLevelPosition, OWN_KEYS } from './parse-status-message-fields';
import {
	isAbsent,
	isAttributeName,
	isJsonObject,
	isStorableText,
	kindOf,
	MAX_KEY_LENGTH,
	MAX_TEXT_LENGTH,
	show,
	type JsonObject,
} from './parse-status-message-values';

const MAX_ATTRIBUTES = 500;

/** Everything under `attributes`, and every field of the top level that is nothing else; null means not reported. */
export function parseAttributes(from: JsonObject): Attributes {
	const nested = from.attributes;
	const loose = looseAttributes(from);
	if (isAbsent(nested)) return loose ?? {};
	if (!isJsonObject(nested)) {
		throw new InvalidFieldError(
			'attributes',
			`attributes: is ${kindOf(nested)}`,
			'Give it as an object of names and values: {"fuelLevel": 42}.',
		);
	}
	// Most messages have nothing but these, all of them good: then they need no copy.
	if (loose === null && areGood(nested)) return nested as Attributes;
	const attributes = loose ?? {};
	let count = Object.keys(attributes).length;
	for (const name in nested) count += take(attributes, name, nested[name], 'attributes.');
	if (count > MAX_ATTRIBUTES) throw tooMany();
	return attributes;
}

/** Null when there are none. */
function looseAttributes(from: JsonObject): Record<string, AttributeValue> | null {
	let attributes: Record<string, AttributeValue> | null = null;
	let count = 0;
	for (const name in from) {
		if (OWN_KEYS.has(name) && !(name === 'heading' && !holdsPosition(from))) continue;
		attributes ??= {};
		count += take(attributes, name, from[name], '');
	}
	if (count > MAX_ATTRIBUTES) throw tooMany();
	return attributes;
}

const holdsPosition = (from: JsonObject): boolean => !isAbsent(from.position) || hasTopLevelPosition(from);

function areGood(attributes: JsonObject): boolean {
	let count = 0;
	for (const name in attributes) {
		if (!isAttributeName(name) || !isGoodValue(attributes[name]) || ++count > MAX_ATTRIBUTES) return false;
	}
	return true;
}

const isGoodValue = (value: unknown): boolean =>
	isAttributeValue(value) && (typeof value !== 'string' || isStorableText(value));

/** The number of attributes that were taken: none for null. */
function take(
	attributes: Record<string, AttributeValue>,
	name: string,
	value: unknown,
	path: '' | 'attributes.',
): 0 | 1 {
	if (value === null || value === undefined) return 0;
	if (!isAttributeName(name)) {
		throw new InvalidFieldError(
			path === '' ? '' : 'attributes',
			`${show(name)} cannot be the name of an attribute`,
			`Use a name of 1 to ${MAX_KEY_LENGTH} plain characters.`,
		);
	}
	attributes[name] = checkedValue(value, path + name);
	return 1;
}

function checkedValue(value: unknown, field: string): AttributeValue {
	if (!isAttributeValue(value)) {
		throw new InvalidFieldError(
			field,
			`${field}: ${typeof value === 'number' ? `${value} is not a finite number` : `is ${kindOf(value)}`}`,
			'An attribute is a number, a text, or true or false. Send the parts of it under names of their own.',
		);
	}
	if (typeof value === 'string' && !isStorableText(value)) {
		throw new InvalidFieldError(
			field,
			`${field}: is longer than ${MAX_TEXT_LENGTH} characters or holds characters that are no text`,
			'Send a shorter text in plain characters.',
		);
	}
	return value;
}

const tooMany = (): InvalidFieldError =>
	new InvalidFieldError(
		'attributes',
		`attributes: there are more than ${MAX_ATTRIBUTES}`,
		'Send only the values that rules or people look at.',
	);
