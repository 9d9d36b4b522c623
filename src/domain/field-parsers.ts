import { parseAttributes } from './attributes';
import type { Attributes } from './attributes';
import { InvalidFieldError } from './errors';
import type { FieldParser } from './fields';
import { parseInstant } from './instant';
import { kindOf, shown } from './rules/parse-object';

/** Code points below 32 but tab and line ends, and DEL. */
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** A name-like text or, since ids and names are often nothing but digits, a number. Empty text is null. */
function toText(value: unknown, field: string): string | null {
	if (value === null) return null;
	if (typeof value === 'number' && Number.isFinite(value)) return String(value);
	if (typeof value === 'string') return value.trim() === '' ? null : value.trim();
	throw new InvalidFieldError(
		field,
		`${field} is ${kindOf(value)}, not text`,
		`Give one text for ${field}, or leave it out.`,
	);
}

export function text(maxLength: number, lines: 'line' | 'lines' = 'line'): FieldParser<string | null> {
	return (value, field) => {
		const parsed = toText(value, field);
		if (parsed === null) return null;
		if (parsed.length > maxLength) {
			throw new InvalidFieldError(
				field,
				`${field} has ${parsed.length} characters, more than ${maxLength}`,
				`Shorten it to ${maxLength} characters.`,
			);
		}
		const broken = lines === 'line' && /[\t\r\n]/.test(parsed);
		if (broken || CONTROL.test(parsed)) {
			throw new InvalidFieldError(
				field,
				`${field} has a ${broken ? 'line break or tab' : 'control character'} in it`,
				'Remove it: it often comes along when text is copied from elsewhere.',
			);
		}
		return parsed;
	};
}

/** `check` normalises a text that is there and throws for one that is wrong. */
export function checkedText(check: (text: string, field: string) => string): FieldParser<string | null> {
	const line = text(300);
	return (value, field) => {
		const parsed = line(value, field);
		return parsed === null ? null : check(parsed, field);
	};
}

export function required(parse: FieldParser<string | null>): FieldParser<string> {
	return (value, field) => {
		const parsed = parse(value, field);
		if (parsed !== null) return parsed;
		throw new InvalidFieldError(field, `${field} is empty`, `Give a ${field}.`);
	};
}

export function wholeNumber(low: number, high: number): FieldParser<number | null> {
	return (value, field) => {
		if (value === null || (typeof value === 'string' && value.trim() === '')) return null;
		const parsed = typeof value === 'string' && /^\s*-?\d+\s*$/.test(value) ? Number(value) : value;
		if (typeof parsed === 'number' && Number.isInteger(parsed) && parsed >= low && parsed <= high) {
			return parsed;
		}
		throw new InvalidFieldError(
			field,
			`${shown(value)} in ${field} is not a whole number from ${low} to ${high}`,
			`Give a whole number, or leave ${field} out.`,
		);
	};
}

export const recordId = wholeNumber(1, Number.MAX_SAFE_INTEGER);

export const instant: FieldParser<number | null> = (value, field) =>
	value === null || (typeof value === 'string' && value.trim() === '') ? null : parseInstant(value, field);

/** One mailbox and nothing else: a comma or a display name would add recipients or break the mail's header. */
export function parseEmail(email: string, field: string): string {
	if (email.length <= 254 && /^[^\s@,;:<>()"\\]+@[^\s@,;:<>()"\\.]+(\.[^\s@,;:<>()"\\.]+)*$/.test(email)) {
		return email;
	}
	throw new InvalidFieldError(
		field,
		`'${email.slice(0, 254)}' in ${field} is no e-mail address`,
		'Give one address alone, e.g. ada@example.com.',
	);
}

export const attributesObject: FieldParser<Attributes> = (value, field) => {
	if (value === null || value === '') return {};
	if (typeof value === 'object' && !Array.isArray(value)) {
		return parseAttributes(Object.entries(value), field);
	}
	throw new InvalidFieldError(
		field,
		`${field} is not an object`,
		'Give names and values, e.g. { "colour": "white", "seats": 5 }.',
	);
};
