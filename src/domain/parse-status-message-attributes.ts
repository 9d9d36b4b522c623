import { isAttributeValue, type Attributes, type AttributeValue } from './attributes';
import { InvalidFieldError } from './errors';
import { hasTopLevelPosition, OWN_KEYS } from './parse-status-message-fields';
import {
	isAbsent,
	isJsonObject,
	kindOf,
	MAX_KEY_LENGTH,
	show,
	UNSTORABLE,
	type JsonObject,
} from './parse-status-message-values';

const MAX_TEXT_LENGTH = 4000;
const MAX_ATTRIBUTES = 500;

/** Everything under `attributes`, and every field of the top level that is nothing else; null means not reported. */
export function parseAttributes(from: JsonObject): Attributes {
	const attributes: Record<string, AttributeValue> = {};
	const holdsPosition = !isAbsent(from.position) || hasTopLevelPosition(from);
	let count = 0;
	const take = (name: string, value: unknown, field: string): void => {
		if (value === null || value === undefined) return;
		attributes[checkedName(name, field)] = checkedValue(value, field);
		if (++count > MAX_ATTRIBUTES) {
			throw new InvalidFieldError(
				'attributes',
				`attributes: there are more than ${MAX_ATTRIBUTES}`,
				'Send only the values that rules or people look at.',
			);
		}
	};
	for (const name in from) {
		const isLooseHeading = name === 'heading' && !holdsPosition;
		if (!OWN_KEYS.has(name) || isLooseHeading) take(name, from[name], name);
	}
	const nested = from.attributes;
	if (isAbsent(nested)) return attributes;
	if (!isJsonObject(nested)) {
		throw new InvalidFieldError(
			'attributes',
			`attributes: is ${kindOf(nested)}`,
			'Give it as an object of names and values: {"fuelLevel": 42}.',
		);
	}
	for (const name in nested) take(name, nested[name], `attributes.${name}`);
	return attributes;
}

function checkedName(name: string, field: string): string {
	if (name !== '' && name.length <= MAX_KEY_LENGTH && name !== '__proto__' && !UNSTORABLE.test(name))
		return name;
	throw new InvalidFieldError(
		field.startsWith('attributes.') ? 'attributes' : '',
		`${show(name)} cannot be the name of an attribute`,
		`Use a name of 1 to ${MAX_KEY_LENGTH} plain characters.`,
	);
}

function checkedValue(value: unknown, field: string): AttributeValue {
	if (!isAttributeValue(value)) {
		throw new InvalidFieldError(
			field,
			`${field}: ${typeof value === 'number' ? `${value} is not a finite number` : `is ${kindOf(value)}`}`,
			'An attribute is a number, a text, or true or false. Send the parts of it under names of their own.',
		);
	}
	if (typeof value === 'string' && (value.length > MAX_TEXT_LENGTH || UNSTORABLE.test(value))) {
		throw new InvalidFieldError(
			field,
			`${field}: is longer than ${MAX_TEXT_LENGTH} characters or holds characters that are no text`,
			'Send a shorter text in plain characters.',
		);
	}
	return value;
}
