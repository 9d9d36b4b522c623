import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { FleetError, InvalidFieldError } from '../errors';
import type { FileProblem, TextPlace } from './rule-file';

/** A text of YAML, or of JSON, which is YAML too. */
export interface ReadText {
	readonly value: unknown;
	/** Where the value at a dotted path stands; of a path that leads nowhere, the nearest part that is there. */
	placeOf(field: string): TextPlace;
}

const START: TextPlace = { line: 1, column: 1 };
/** An alias repeats what it names: a few lines of them could unfold to gigabytes. */
const MAX_ALIASES = 100;
/** Reading takes some seconds then, during which n8n does nothing else. */
const MAX_LENGTH = 5_000_000;

/** The value of the text, or what is wrong with it as YAML. */
export function readText(text: string): ReadText | { readonly problems: readonly FileProblem[] } {
	if (text.length > MAX_LENGTH) {
		const message = `The file has ${text.length} characters, more than ${MAX_LENGTH}`;
		const hint = 'Make several files of it; a long recording may have one JSON object a line instead.';
		return { problems: [problem(START, null, '', message, hint)] };
	}
	const lines = new LineCounter();
	const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
	const wrong = [...document.errors, ...document.warnings];
	if (wrong.length > 0) {
		return {
			problems: wrong.map(({ message, pos }) =>
				problem(placeAt(lines, pos[0]), null, '', `This is not readable as YAML: ${message}`, SYNTAX_HINT),
			),
		};
	}
	try {
		return {
			value: document.toJS({ maxAliasCount: MAX_ALIASES }),
			placeOf: (field) => placeAt(lines, offsetOf(document, field)),
		};
	} catch (error) {
		return { problems: [problem(START, null, '', `This is not readable: ${String(error)}`, SYNTAX_HINT)] };
	}
}

const SYNTAX_HINT =
	'Mind the indentation (spaces), and put quotes around a text that has : # { [ or @ in it.';

/**
 * What went wrong in the part of a file that stands at `base`, as a problem with its place.
 * @throws what is no `FleetError`
 */
export function problemOf(read: ReadText, error: unknown, base: string, name: string | null): FileProblem {
	if (!(error instanceof FleetError)) throw error;
	const field = error instanceof InvalidFieldError ? joinPath(base, error.field) : base;
	return problem(read.placeOf(field), name, field, error.message, error.hint);
}

function joinPath(base: string, field: string): string {
	if (base === '' || field === '') return base + field;
	return field.startsWith('[') ? `${base}${field}` : `${base}.${field}`;
}

export function problem(
	place: TextPlace,
	name: string | null,
	field: string,
	message: string,
	hint: string,
): FileProblem {
	return { line: place.line, column: place.column, name, field, message, hint };
}

function placeAt(lines: LineCounter, offset: number): TextPlace {
	const { line, col } = lines.linePos(offset);
	return line === 0 ? START : { line, column: col };
}

function offsetOf(document: Document.Parsed, field: string): number {
	let node: unknown = document.contents;
	let offset = startOf(node) ?? 0;
	for (const step of field.match(/[^.[\]]+/g) ?? []) {
		if (isAlias(node)) node = node.resolve(document);
		if (isSeq(node)) node = node.items[Number(step)];
		else if (isMap(node)) {
			const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === step);
			if (pair === undefined) break;
			offset = startOf(pair.key) ?? offset;
			node = pair.value;
		} else break;
		offset = startOf(node) ?? offset;
	}
	return offset;
}

function startOf(node: unknown): number | null {
	const range = isMap(node) || isSeq(node) || isScalar(node) || isAlias(node) ? node.range : null;
	return range?.[0] ?? null;
}
