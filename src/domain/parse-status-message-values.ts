export type JsonObject = Readonly<Record<string, unknown>>;

export const isJsonObject = (value: unknown): value is JsonObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

export const isAbsent = (value: unknown): boolean => value === undefined || value === null || value === '';

/** Keys are stored in indexes, which have a longest entry. */
export const MAX_KEY_LENGTH = 200;

/** Texts with these cannot be stored, or come back changed: NUL, and half of a surrogate pair. */
export const UNSTORABLE = /[\0\p{Surrogate}]/u;

/** Names that were found good: senders use the same few over and over. Forgotten when there are too many. */
const goodNames = new Set<string>();
const MAX_GOOD_NAMES = 10_000;

/** Whether an attribute can have this name: it would change every object's prototype, or not be stored. */
export function isAttributeName(name: string): boolean {
	if (goodNames.has(name)) return true;
	if (name === '' || name.length > MAX_KEY_LENGTH || name === '__proto__' || UNSTORABLE.test(name))
		return false;
	if (goodNames.size >= MAX_GOOD_NAMES) goodNames.clear();
	goodNames.add(name);
	return true;
}

export const MAX_TEXT_LENGTH = 4000;

export const isStorableText = (text: string): boolean =>
	text.length <= MAX_TEXT_LENGTH && !UNSTORABLE.test(text);

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
