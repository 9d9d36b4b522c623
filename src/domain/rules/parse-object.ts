import { InvalidFieldError } from '../errors';
import { nearestName } from '../nearest-name';

export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * `example` shows the form that the object should have, `what` is how a message names it.
 * @throws InvalidFieldError when `value` is no object
 */
export function parseObject(value: unknown, field: string, example: string, what = field): JsonObject {
	if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
	throw new InvalidFieldError(field, `${what} is ${kindOf(value)}, not an object`, `Give e.g. ${example}.`);
}

/** @throws InvalidFieldError when `value` is no list, or one that is empty or longer than `maxLength`. */
export function parseList(value: unknown, field: string, maxLength: number): readonly unknown[] {
	if (!Array.isArray(value)) {
		throw new InvalidFieldError(
			field,
			`${field} is ${kindOf(value)}, not a list`,
			'Put it in square brackets.',
		);
	}
	if (value.length > 0 && value.length <= maxLength) return value as readonly unknown[];
	throw new InvalidFieldError(
		field,
		value.length === 0 ? `${field} is empty` : `${field} has ${value.length} entries, more than ${maxLength}`,
		`Give 1 to ${maxLength} entries.`,
	);
}

/**
 * Refuses names that nobody would read: a rule must not seem to say more than it does.
 * @throws InvalidFieldError
 */
export function refuseOthers(
	object: JsonObject,
	known: readonly string[],
	field: string,
	what = field === '' ? 'A rule' : field,
): void {
	const name = Object.keys(object).find((key) => !known.includes(key) && object[key] !== undefined);
	if (name === undefined) return;
	const nearest = nearestName(name, known);
	throw new InvalidFieldError(
		pathTo(field, name),
		`${what} has no field '${name}'`,
		`${nearest === null ? '' : `Did you mean '${nearest}'? `}It can have: ${known.join(', ')}.`,
	);
}

/**
 * One of some words, exactly as they are listed. `otherwise` knows what else a wrong one may mean.
 * @throws InvalidFieldError
 */
export function parseWord<W extends string>(
	value: unknown,
	words: readonly W[],
	field: string,
	otherwise: (given: string) => W | null = () => null,
): W {
	const found = words.find((word) => word === value);
	if (found !== undefined) return found;
	const list = words.join(', ');
	if (value === undefined || value === null) {
		throw new InvalidFieldError(field, `${field} is missing`, `Give one of: ${list}.`);
	}
	const given = typeof value === 'string' ? value : '';
	const meant = otherwise(given) ?? nearestName(given, words);
	throw new InvalidFieldError(
		field,
		`${shown(value)} in ${field} is not known`,
		`${meant === null || given === '' ? '' : `Did you mean '${meant}'? `}Give one of: ${list}.`,
	);
}

export function pathTo(field: string, name: string): string {
	return field === '' ? name : `${field}.${name}`;
}

/** A value as an error message may show it: short, whatever was given. */
export function shown(value: unknown): string {
	if (typeof value === 'string') return `'${value.length > 60 ? `${value.slice(0, 60)}...` : value}'`;
	return typeof value === 'number' || typeof value === 'boolean' ? String(value) : kindOf(value);
}

export function kindOf(value: unknown): string {
	if (value === undefined) return 'missing';
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'a list';
	return (
		{ string: 'text', number: 'a number', boolean: 'true or false' }[typeof value as string] ?? 'an object'
	);
}
