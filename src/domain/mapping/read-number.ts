import type { DecimalMark } from './import-mapping';

/** Up to 15 digits are exact as a number; leading zeros make a code. */
const PLAIN = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/;
const MAX_DIGITS = 15;
const LONG = /^-?\d{1,15}(?:\.\d{16,17})?(?:\.?\d*e[+-]\d{1,3})?$/;

const groups = (separators: string) =>
	`[1-9]\\d{0,2}(?:([${separators}\\u00a0\\u202f '’])\\d{3})(?:\\1\\d{3})*`;
const NOTATIONS: Record<DecimalMark, RegExp> = {
	point: new RegExp(`^[-−]?(?:0|[1-9]\\d*|${groups(',')})(?:\\.\\d+)?$`),
	comma: new RegExp(`^[-−]?(?:0|[1-9]\\d*|${groups('.')})(?:,\\d+)?$`),
};

/**
 * The number that a text is written like, or null. With `mark` the decimals come behind it, and thousands may be
 * parted by the other mark, a blank (also a narrow or no-break one) or an apostrophe; without, only the notation of
 * JSON counts. Codes with leading zeros and numbers that would lose digits are none.
 */
export function readNumber(text: string, mark?: DecimalMark): number | null {
	const trimmed = text.trim();
	if (mark !== 'comma') {
		if (PLAIN.test(trimmed)) return Number(trimmed);
		if (LONG.test(trimmed) && isWrittenByProgram(trimmed)) return Number(trimmed);
	}
	if (mark === undefined || !NOTATIONS[mark].test(trimmed)) return null;
	const digits = trimmed.replace(mark === 'comma' ? /[.\s'’]/g : /[,\s'’]/g, '').replace('−', '-');
	const plain = mark === 'comma' ? digits.replace(',', '.') : digits;
	return plain.replace(/\D/g, '').length > MAX_DIGITS ? null : Number(plain);
}

/** As programs write a number that has more digits, or is very large or small; `1e5` is a code. */
function isWrittenByProgram(text: string): boolean {
	const number = Number(text);
	return Number.isFinite(number) && (String(number) === text || number.toExponential() === text);
}

/** A number as a text that is read as this very number. */
export function numberText(number: number): string {
	const text = String(number);
	return readNumber(text) === null ? number.toExponential() : text;
}

/**
 * What a text says about the notation of its column: the mark that it can only be read with, `both` when either
 * gives a number but not the same, `neither` when they give the same; null for what is no number.
 */
export function numberEvidence(text: string): DecimalMark | 'both' | 'neither' | null {
	const point = readNumber(text, 'point');
	const comma = readNumber(text, 'comma');
	if (point === null) return comma === null ? null : 'comma';
	if (comma === null) return 'point';
	return point === comma ? 'neither' : 'both';
}

/** Thousands alone, e.g. `1.234.567`: in a column of plain texts this may as well be a version or an article. */
export const isOnlyGrouped = (text: string): boolean =>
	/^\s*-?\d{1,3}(?:\.\d{3}){2,}\s*$|^\s*-?\d{1,3}(?:,\d{3}){2,}\s*$/.test(text);
