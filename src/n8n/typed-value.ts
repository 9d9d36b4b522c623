import type { AttributeValue } from '../domain/attributes';

/** As people write numbers; `007` and `+49` are none, since they are likelier to be ids and phone numbers. */
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/**
 * What a text field means: `15` the number, `true` and `false` the truth values, all else text without blanks around
 * it. `"15"` in double quotes is the text 15. Numbers and truth values that an expression gives stay what they are.
 */
export function typedValue(entered: unknown): AttributeValue {
	if (typeof entered === 'number' || typeof entered === 'boolean') return entered;
	if (entered === null || entered === undefined) return '';
	const text = typeof entered === 'string' ? entered.trim() : JSON.stringify(entered);
	if (/^".*"$/s.test(text) && text.length > 1) return text.slice(1, -1);
	if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
	// Ids are often nothing but digits: one that a number cannot hold exactly stays text.
	if (NUMBER.test(text) && isExact(Number(text))) return Number(text);
	return text;
}

function isExact(value: number): boolean {
	return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}

/** Each part of a comma-separated text, typed; a list that an expression gives, element by element. */
export function typedList(entered: unknown): AttributeValue[] {
	const parts: readonly unknown[] = Array.isArray(entered) ? entered : splitOutsideQuotes(entered);
	return parts.map(typedValue).filter((value) => value !== '');
}

function splitOutsideQuotes(entered: unknown): readonly unknown[] {
	if (typeof entered !== 'string') return [entered];
	return entered.match(/\s*"[^"]*"\s*(?=,|$)|[^,]+/g) ?? [];
}
