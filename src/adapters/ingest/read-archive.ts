import { UnreadableFileError } from '../../app/errors';
import type { ReadRow, SourceFile } from '../../app/ports/row-reader';
import { IMPORT_LISTS, listOf } from '../../domain/mapping/list-names';
import { guessList } from '../../domain/mapping/recognise-list';
import { rowError } from '../../domain/mapping/source-row';
import type { Archive, ArchiveEntry } from './archive';
import { ACCEPTED } from './detect-format';
import type { Reading } from './reading';

type ReadFile = (file: SourceFile, reading: Reading) => AsyncGenerator<ReadRow[]>;

const TABLE = /\.(?:csv|tsv|tab|psv|txt|json|ndjson|jsonl|xlsx|xlsm|xlsb|xls|ods|zip|gz)$|(?:^|\/)[^./]+$/i;

interface Member {
	readonly file: SourceFile;
	/** What its rows are said to stand in. */
	readonly list: string;
	readonly rank: number;
}

const withoutExtension = (path: string) => path.replace(/\.[^./]*$/, '');
const baseName = (path: string) => path.slice(path.lastIndexOf('/') + 1);

/** What a file's name or one of the words in it says that it holds. */
function listByName(name: string) {
	const words = [name, ...name.split(/[^\p{L}]+/u)];
	return words.map(listOf).find((list) => list !== null) ?? null;
}

async function firstColumns(
	file: SourceFile,
	reading: Reading,
	readFile: ReadFile,
): Promise<readonly string[]> {
	for await (const rows of readFile(file, {
		...reading,
		onDialect: () => undefined,
		onTotal: () => undefined,
	})) {
		for (const row of rows) if (row.ok) return row.row.columns;
	}
	return [];
}

/** Rows of one member: it gives them its name as their list, unless they stand in a list of their own. */
function inMember(row: ReadRow, list: string, isOnly: boolean): ReadRow {
	const named = (own: string | null) => (own === null ? list : isOnly ? own : `${list}/${own}`);
	return row.ok
		? { ok: true, row: { ...row.row, list: named(row.row.list) } }
		: { ...row, error: { ...row.error, list: named(row.error.list) } };
}

function refuseMember({ name }: ArchiveEntry): ReadRow {
	const message = `The file '${name}' of the archive is no table and was left out`;
	return { ok: false, error: rowError({ row: 1, list: name }, message), cells: [], columns: [] };
}

/**
 * The tables of an archive, one after the other: customers, vehicles, tasks, statuses, as far as their names or
 * columns tell, then the others by name. What is no table is a row error.
 */
export async function* readArchive(
	archive: Archive,
	reading: Reading,
	readFile: ReadFile,
): AsyncGenerator<ReadRow[]> {
	const tables = archive.entries.filter(({ name }) => TABLE.test(name));
	if (tables.length === 0) {
		throw new UnreadableFileError('The archive has no table in it', ACCEPTED);
	}
	const baseNames = tables.map(({ name }) => withoutExtension(baseName(name)));
	const within = { ...reading, onTotal: () => undefined, onDialect: () => undefined };
	const members: Member[] = [];
	for (const [index, { name, open }] of tables.entries()) {
		const file: SourceFile = { fileName: name, open };
		const base = baseNames[index] ?? '';
		const isShared = baseNames.filter((other) => other === base).length > 1;
		const kind = listByName(base) ?? guessList(await inFile(name, firstColumns(file, within, readFile)));
		const rank = kind === null ? IMPORT_LISTS.length : IMPORT_LISTS.indexOf(kind);
		members.push({ file, list: isShared ? withoutExtension(name) : base, rank });
	}
	members.sort((a, b) => a.rank - b.rank || (a.file.fileName < b.file.fileName ? -1 : 1));
	reading.onDialect({ ...reading.dialect, format: 'zip' });
	for (const { file, list } of members) {
		const rows = readFile(file, within);
		try {
			for (;;) {
				const some = await inFile(file.fileName, rows.next());
				if (some.done) break;
				yield some.value.map((row) => inMember(row, list, members.length === 1));
			}
		} finally {
			await rows.return(undefined);
		}
	}
	const strangers = archive.entries.filter((entry) => !tables.includes(entry)).map(refuseMember);
	if (strangers.length > 0) yield strangers;
}

async function inFile<T>(name: string, work: Promise<T>): Promise<T> {
	try {
		return await work;
	} catch (error) {
		if (!(error instanceof UnreadableFileError)) throw error;
		throw new UnreadableFileError(`'${name}' in the archive: ${error.message}`, error.hint, { cause: error });
	}
}
