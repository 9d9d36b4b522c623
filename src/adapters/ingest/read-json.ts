import { UnreadableFileError } from '../../app/errors';
import type { ReadRow, SourceFile } from '../../app/ports/row-reader';
import { IMPORT_LISTS } from '../../domain/mapping/list-names';
import { rowError } from '../../domain/mapping/source-row';
import type { JsonObject } from '../../domain/parse-status-message-values';
import { openWithHead, type OpenedFile } from './byte-stream';
import { chooseLists, surveyJson, type ChosenList } from './choose-lists';
import { elementRows } from './element-rows';
import { JsonScanner } from './json-scanner';
import type { Reading } from './reading';
import { encodingToRead, headText, toAsciiCompatible } from './text-encoding';

/** Reads the lists in one passage of the file: they come in its order. */
async function* readLists(
	content: AsyncIterable<Buffer>,
	encoding: string | null,
	lists: readonly ChosenList[],
	members: JsonObject,
): AsyncGenerator<ReadRow[]> {
	let rows: ReadRow[] = [];
	const readers = new Map(
		lists.map(({ path, name }) => [path, elementRows(name, encoding, path ? { path, members } : undefined)]),
	);
	const counts = new Map<string | null, number>();
	const scanner = new JsonScanner(
		{
			wants: (path) => readers.has(path),
			element(path, _isObject, element) {
				const toRow = readers.get(path);
				if (!toRow || !element) return;
				const row = (counts.get(path) ?? 0) + 1;
				counts.set(path, row);
				rows.push(toRow(row, element));
			},
		},
		readers.has(null),
	);
	for await (const bytes of toAsciiCompatible(content, encoding)) {
		scanner.push(bytes);
		if (rows.length === 0) continue;
		yield rows;
		rows = [];
	}
	scanner.end();
	if (rows.length > 0) yield rows;
}

/** As few groups as possible, each of which can be read in one passage, `order` being that of the file. */
function passages(lists: readonly ChosenList[], order: readonly string[]): ChosenList[][] {
	const groups: ChosenList[][] = [];
	let last = Infinity;
	for (const list of lists) {
		const at = list.path === null ? 0 : order.indexOf(list.path);
		if (at < last) groups.push([]);
		groups.at(-1)?.push(list);
		last = at;
	}
	return groups;
}

/**
 * Objects of a JSON: a list, an object with lists inside, one object, or objects after each other. It is read piece
 * by piece, so it may be of any size: a list at once, an object by looking through it first for its lists. An element
 * that is no JSON is that row's error.
 */
export async function* readJson(
	file: SourceFile,
	opened: Pick<OpenedFile, 'head' | 'content'>,
	reading: Reading,
): AsyncGenerator<ReadRow[]> {
	const encoding = encodingToRead(opened.head, reading.dialect.encoding);
	const { listPath } = reading.dialect;
	const dialect = { format: 'json', ...(encoding && { encoding }) };
	if (listPath === undefined && headText(opened.head).trimStart().startsWith('[')) {
		reading.onDialect(dialect);
		yield* readLists(opened.content, encoding, [{ path: '', name: null, elements: 0 }], {});
		return;
	}
	const survey = await surveyJson(toAsciiCompatible(opened.content, encoding));
	if (survey.roots === 0) {
		throw new UnreadableFileError(
			'The file is JSON, but holds neither a list nor an object',
			`Send a list of objects, or an object with the lists ${IMPORT_LISTS.join(', ')}.`,
		);
	}
	const { lists, strangers } = chooseLists(survey, listPath);
	const [only] = lists;
	const found = listPath ?? (lists.length === 1 && only?.name === null ? only.path : null);
	reading.onDialect({ ...dialect, ...(found !== null && { listPath: found }) });
	reading.onTotal(lists.reduce((sum, { elements }) => sum + elements, strangers.length));
	for (const group of passages(lists, [...survey.lists.keys()])) {
		const again = await openWithHead(file);
		try {
			yield* readLists(again.content, encoding, group, survey.members);
		} finally {
			again.close();
		}
	}
	if (strangers.length > 0) yield strangers.map(refuseStranger);
}

function refuseStranger(list: string): ReadRow {
	const message = `The list '${list}' has no name that is known: ${IMPORT_LISTS.join(', ')}`;
	return { ok: false, error: rowError({ row: 1, list }, message), cells: [], columns: [] };
}
