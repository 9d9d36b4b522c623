import { UnreadableFileError } from '../../app/errors';
import type { ReadRow } from '../../app/ports/row-reader';
import { IMPORT_LISTS, listOf, type ImportList } from '../../domain/mapping/list-names';
import { decodeText, readWhole } from './decode-text';
import { locateJsonError } from './locate-json-error';
import { objectRows } from './object-row';
import { splitLines } from './split-lines';
import { rowError } from '../../domain/mapping/source-row';

const MAX_BYTES = 100_000_000;
const ROWS_AT_A_TIME = 1_000;
/** Names under which interfaces deliver their one list. */
const WRAPPERS = new Set(['data', 'items', 'records', 'results', 'rows', 'value']);

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		const place = locateJsonError(text);
		const where = place ? ` at line ${place.line}, column ${place.column}: expected ${place.expected}` : '';
		throw new UnreadableFileError(
			`The file is no JSON: it breaks off${where}`,
			'Mend the file there, or export it again; a JSON checker shows the place.',
			{ cause: error },
		);
	}
}

/** The lists of a file, named in the order in which their records can refer to each other. */
function listsOf(value: unknown): { list: string | null; elements: readonly unknown[] }[] {
	if (Array.isArray(value)) return [{ list: null, elements: value }];
	if (typeof value !== 'object' || value === null) {
		throw new UnreadableFileError(
			'The file is JSON, but holds neither a list nor an object',
			`Send a list of objects, or an object with the lists ${IMPORT_LISTS.join(', ')}.`,
		);
	}
	const arrays = Object.entries(value).filter((entry): entry is [string, unknown[]] =>
		Array.isArray(entry[1]),
	);
	const known = arrays.flatMap(([name, elements]) => {
		const kind = listOf(name);
		return kind ? [{ kind, list: name, elements }] : [];
	});
	if (known.length > 0) {
		const rank = (kind: ImportList) => IMPORT_LISTS.indexOf(kind);
		return known.sort((a, b) => rank(a.kind) - rank(b.kind));
	}
	const [only] = arrays;
	if (only && arrays.length === 1 && WRAPPERS.has(only[0].toLowerCase())) {
		return [{ list: null, elements: only[1] }];
	}
	return [{ list: null, elements: [value] }];
}

/** Values of an object beside its lists that look like lists, but have no name that is known. */
function unknownLists(value: unknown): string[] {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
	const names = Object.entries(value).flatMap(([name, list]) => (Array.isArray(list) ? [name] : []));
	return names.some((name) => listOf(name)) ? names.filter((name) => !listOf(name)) : [];
}

/**
 * One JSON value: a list of objects, an object with named lists (aliases in several languages), or one object that
 * is one row. The file is held in memory whole, so it may have 100 MB at most; NDJSON has no such limit.
 */
export async function* readJson(content: AsyncIterable<Buffer>): AsyncGenerator<ReadRow[]> {
	const hint = 'Split it, or send it as NDJSON (one object on each line), which may be of any size.';
	const bytes = await readWhole(content, MAX_BYTES, hint);
	let text = '';
	for await (const piece of decodeText([bytes])) text += piece;
	const value = parseJson(text);
	const toRow = objectRows();
	for (const { list, elements } of listsOf(value)) {
		for (let from = 0; from < elements.length; from += ROWS_AT_A_TIME) {
			const some = elements.slice(from, from + ROWS_AT_A_TIME);
			yield some.map((element, index) => toRow(from + index + 1, list, element));
		}
	}
	const strangers = unknownLists(value).map((list): ReadRow => {
		const message = `The list '${list}' has no name that is known: ${IMPORT_LISTS.join(', ')}`;
		return { ok: false, error: rowError({ row: 1, list }, message) };
	});
	if (strangers.length > 0) yield strangers;
}

/** One JSON object on each line; a row's number is its line. A line that is no JSON is that row's error. */
export async function* readNdjson(content: AsyncIterable<Buffer>): AsyncGenerator<ReadRow[]> {
	const toRow = objectRows();
	let line = 0;
	for await (const lines of splitLines(decodeText(content))) {
		const rows: ReadRow[] = [];
		for (const text of lines) {
			line += 1;
			if (text.trim() === '') continue;
			let value: unknown;
			try {
				value = JSON.parse(text);
			} catch {
				const place = locateJsonError(text);
				const where = place ? ` at column ${place.column}: expected ${place.expected}` : '';
				const message = `The line is no JSON: it breaks off${where}`;
				rows.push({ ok: false, error: rowError({ row: line, list: null }, message, null, text) });
				continue;
			}
			rows.push(toRow(line, null, value));
		}
		if (rows.length > 0) yield rows;
	}
}
