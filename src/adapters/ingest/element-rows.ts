import { isAscii, isUtf8 } from 'node:buffer';
import type { ReadRow } from '../../app/ports/row-reader';
import { rowError, type RowWrapper } from '../../domain/mapping/source-row';
import type { JsonElement } from './json-handler';
import { locateJsonError } from './locate-json-error';
import { decodeWindows1252 } from './text-encoding';

const MAX_DEPTH = 100;
/** What JavaScript's numbers may not hold exactly, or at all; outside of texts, or inside, where it does no harm. */
const MAY_BE_TOO_LONG = /\d{16}|\d[eE]\+?\d{3}/;
const MAY_BE_NO_CHARACTER = /\\u(?:0000|d[89a-f])/i;
const TEXT_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gs;

/** Numbers that would lose digits become texts: whole ones beyond 2^53, and those beyond the greatest there is. */
function keepLongNumbers(json: string): string {
	return json.replace(TEXT_OR_NUMBER, (token) => {
		if (token.startsWith('"')) return token;
		const isExact = /^-?\d+$/.test(token)
			? Number.isSafeInteger(Number(token))
			: Number.isFinite(Number(token));
		return isExact ? token : `"${token}"`;
	});
}

/** What no database keeps as it is. JSON is written with such characters escaped. */
function hasNoCharacter(value: unknown): boolean {
	return /\\u(?:0000|d[89a-f])/.test(JSON.stringify(value).replaceAll('\\\\', ''));
}

function nameThatStandsTwice(json: string): string | null {
	const seen = new Set<string>();
	let depth = 0;
	for (const [token, name, colon] of json.matchAll(/("[^"\\]*(?:\\.[^"\\]*)*")\s*(:?)|[[\]{}]/gs)) {
		if (token === '{' || token === '[') depth += 1;
		else if (token === '}' || token === ']') depth -= 1;
		else if (depth === 1 && colon && name) {
			const plain = String(JSON.parse(name));
			if (seen.has(plain)) return plain;
			seen.add(plain);
		}
	}
	return null;
}

/** Told from the bytes alone, since a file's elements may be read one by one. */
function decode(bytes: Buffer, encoding: string | null): string | null {
	if (isAscii(bytes)) return bytes.toString('latin1');
	if (encoding === 'windows-1252') return decodeWindows1252(bytes);
	if (isUtf8(bytes)) return bytes.toString();
	return encoding === null ? decodeWindows1252(bytes) : null;
}

function whatBreaks(json: string, { line, column }: JsonElement): string {
	const place = locateJsonError(json);
	if (!place) return '';
	const at = `line ${line + place.line - 1}, column ${place.line === 1 ? column + place.column - 1 : place.column}`;
	return ` at ${at}: expected ${place.expected}`;
}

/**
 * Makes rows of JSON values. Objects with the same names in the same order share one array of columns, as the rows
 * of a table do. `encoding`: null where only ASCII has been seen so far.
 */
export function elementRows(
	list: string | null,
	encoding: string | null,
	wrapper?: RowWrapper,
): (row: number, element: JsonElement) => ReadRow {
	let columns: readonly string[] = [];
	return (row, element) => {
		const refuse = (message: string, cell: unknown, column: string | null = null): ReadRow => {
			return { ok: false, error: rowError({ row, list }, message, column, cell), cells: [cell], columns };
		};
		const text = decode(element.bytes, encoding);
		if (text === null) {
			const message =
				'The element has bytes that are not UTF-8, as the rest of the file is: save the file as UTF-8';
			return refuse(message, decodeWindows1252(element.bytes));
		}
		if (element.depth > MAX_DEPTH)
			return refuse(`The element is nested deeper than ${MAX_DEPTH} levels`, text);
		let value: unknown;
		try {
			value = JSON.parse(MAY_BE_TOO_LONG.test(text) ? keepLongNumbers(text) : text);
		} catch {
			return refuse(`The element is no JSON: it breaks off${whatBreaks(text, element)}`, text);
		}
		if (typeof value !== 'object' || value === null || Array.isArray(value)) {
			return refuse('The element is not an object with named fields', value);
		}
		if (MAY_BE_NO_CHARACTER.test(text) && hasNoCharacter(value)) {
			return refuse('The object holds a NUL character, or half of a character beyond 16 bits', text);
		}
		const names = Object.keys(value);
		if (names.length !== element.names) {
			const twice = nameThatStandsTwice(text);
			return refuse(`The object names '${twice}' more than once`, text, twice);
		}
		if (names.length !== columns.length || names.some((name, index) => name !== columns[index])) {
			columns = names;
		}
		const cells = Object.values(value);
		return { ok: true, row: { row, list, columns, cells, isText: false, ...(wrapper && { wrapper }) } };
	};
}
