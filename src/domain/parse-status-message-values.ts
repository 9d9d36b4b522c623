export type JsonObject = Readonly<Record<string, unknown>>;

export const isJsonObject = (value: unknown): value is JsonObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

export const isAbsent = (value: unknown): boolean => value === undefined || value === null || value === '';

/** Keys are stored in indexes, which have a longest entry. */
export const MAX_KEY_LENGTH = 200;

/** Texts with these cannot be stored, or come back changed: NUL, and half of a surrogate pair. */
export const UNSTORABLE = /[\0\p{Surrogate}]/u;

const UNSTORABLE_ALL = new RegExp(UNSTORABLE, 'gu');

export const kindOf = (value: unknown): string =>
	value === null
		? 'null'
		: Array.isArray(value)
			? 'a list'
			: typeof value === 'object'
				? 'an object'
				: typeof value === 'number'
					? `the number ${value}`
					: typeof value === 'string'
						? 'a text'
						: `a ${typeof value}`;

/** A value as an error may quote it: short, and without what cannot be stored. */
export const show = (value: unknown): string =>
	typeof value === 'string'
		? `'${value.slice(0, 60).replace(UNSTORABLE_ALL, '')}'`
		: typeof value === 'number' || typeof value === 'boolean'
			? String(value)
			: kindOf(value);
