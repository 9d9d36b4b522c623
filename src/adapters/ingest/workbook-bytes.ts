import * as library from 'xlsx';
import type { ParsingOptions, WorkBook } from 'xlsx';
import { UnreadableFileError } from '../../app/errors';
import type { Archive, ArchiveEntry } from './archive';
import { readWhole } from './byte-stream';

const MAX_BYTES = 50_000_000;
const MAX_INFLATED_BYTES = 250_000_000;
/** A cell has three or four, an empty row one: what is made of them takes most of the memory. */
const MAX_TAGS = 10_000_000;
const MAX_REPEATED_CELLS = 2_000_000;
/** Of a sheet, as the formats define it. */
export const MAX_ROWS = 1_048_576;
/** The library compares each cell with each of them, unless it leaves formulas out. */
const MAX_ARRAY_FORMULAS = 1_000;
const TAG = 0x3c;
const ROW_TAG = Buffer.from('<row');
/** The sectors of an OLE file that there are at least. */
const MIN_OLE_BYTES = 1_536;
const AS_CSV =
	'Save its sheet as CSV, which may be of any size, or delete sheets and formats that are not needed.';

/** Reads a sheet of it, by its name or place. */
export type WorkbookParser = (sheet: string | number) => WorkBook;

/** What the library does not declare: reading a container that is unpacked already. */
interface Container {
	readonly FileIndex: unknown[];
}
const { CFB, parse_zip, read } = library as unknown as {
	readonly CFB: {
		readonly utils: {
			cfb_new(options: { root: string }): Container;
			cfb_add(container: Container, path: string, content: Buffer, options: { unsafe: boolean }): void;
		};
	};
	parse_zip(container: Container, options: ParsingOptions): WorkBook;
	read(bytes: Buffer, options: ParsingOptions): WorkBook;
};

/**
 * `sheetStubs`: cells without a value, too, for the formulas that have not been worked out. In OpenDocument the
 * library would write out every empty cell that is repeated.
 */
function optionsFor(sheets: string | number, { sheetStubs = true, cellFormula = true } = {}): ParsingOptions {
	return { dense: true, cellNF: true, cellText: false, cellHTML: false, sheets, sheetStubs, cellFormula };
}

function damaged(cause?: unknown): UnreadableFileError {
	const hasPassword = cause instanceof Error && /password|encrypt/i.test(cause.message);
	return new UnreadableFileError(
		hasPassword ? 'The workbook has a password' : 'The workbook is damaged, or of a kind that is not known',
		'Open it in a spreadsheet and save it again as .xlsx, without a password.',
		{ cause },
	);
}

function parsing(parse: WorkbookParser): WorkbookParser {
	return (sheet) => {
		try {
			return parse(sheet);
		} catch (error) {
			throw damaged(error);
		}
	};
}

/** An old workbook (.xls), which is not compressed. */
export async function readXlsBytes(content: AsyncIterable<Buffer>): Promise<WorkbookParser> {
	const bytes = await readWhole(content, MAX_BYTES, AS_CSV);
	// The library takes shorter ones for text.
	if (bytes.length < MIN_OLE_BYTES && bytes[0] === 0xd0) throw damaged();
	return parsing((sheet) => read(bytes, optionsFor(sheet)));
}

/** What is unpacked so far of all entries together. */
interface Unpacked {
	bytes: number;
	tags: number;
	arrayFormulas: number;
}

export function refuseTooManyRows(): never {
	throw new UnreadableFileError(
		`The sheet has more than ${MAX_ROWS} rows`,
		'Save its sheet as CSV, which may be of any size.',
	);
}

async function unpack(entry: ArchiveEntry, sum: Unpacked): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let rows = 0;
	for await (const chunk of (await entry.open()) as AsyncIterable<Buffer>) {
		sum.bytes += chunk.length;
		if (sum.bytes > MAX_INFLATED_BYTES) {
			throw new UnreadableFileError(
				`The workbook unpacks to more than ${MAX_INFLATED_BYTES / 1e6} MB`,
				AS_CSV,
			);
		}
		for (let at = chunk.indexOf(TAG); at >= 0; at = chunk.indexOf(TAG, at + 1)) sum.tags += 1;
		// Those that a chunk's end cuts are few; `rowBreaks` are as few.
		rows += occurrences(chunk, ROW_TAG);
		if (rows > MAX_ROWS) refuseTooManyRows();
		if (sum.tags > MAX_TAGS) throw new UnreadableFileError('The workbook has too many cells', AS_CSV);
		chunks.push(chunk);
	}
	const content = Buffer.concat(chunks);
	sum.arrayFormulas +=
		occurrences(content, '"array"') + occurrences(content, 'number-matrix-columns-spanned');
	return content;
}

function occurrences(content: Buffer, text: string | Buffer): number {
	let count = 0;
	for (let at = content.indexOf(text); at >= 0; at = content.indexOf(text, at + 1)) count += 1;
	return count;
}

/** In OpenDocument a row or cell may stand for any number of the same (ODF 1.3, 19.675): the library writes them out. */
function checkRepetitions(content: Buffer): void {
	let rows = 1;
	let cells = 0;
	for (const [tag, name] of content
		.toString('latin1')
		.matchAll(/<[\w.-]*:?(table-row|table-cell)\b[^>]*>/g)) {
		const count = (of: string) =>
			Number(new RegExp(`number-${of}-repeated\\s*=\\s*["'](\\d+)`).exec(tag)?.[1] ?? 1);
		if (name === 'table-row') rows = count('rows');
		else if (!tag.endsWith('/>')) cells += rows * count('columns');
		if (cells > MAX_REPEATED_CELLS) throw new UnreadableFileError('The workbook has too many cells', AS_CSV);
	}
}

/** Parts of a workbook that hold cells, and what is needed to read them. */
const PARTS = /\.(?:xml|rels|bin)$|^mimetype$/i;
const NOT_PARTS =
	/^(?:customXml|docProps|Thumbnails|Configurations2)\/|\/(?:drawings|media|theme|charts|printerSettings)\//i;

const OTHER_DOCUMENTS: readonly (readonly [string, string])[] = [
	['word/document.xml', 'a Word document'],
	['ppt/presentation.xml', 'a presentation'],
	['Index/Document.iwa', 'a document of Apple Numbers or Pages'],
];

/**
 * The workbook that an archive is (XLSX, XLSM, XLSB, ODS); null for one that is none. Its size is counted while it is
 * unpacked, since what it declares may lie. Throws `UnreadableFileError` for one that is too large to be held in
 * memory, and for other documents.
 */
export async function unpackWorkbook(
	archive: Archive,
): Promise<{ format: string; parse: WorkbookParser } | null> {
	const names = new Set(archive.entries.map(({ name }) => name));
	const other = OTHER_DOCUMENTS.find(([name]) => names.has(name));
	if (other) {
		throw new UnreadableFileError(`The file is ${other[1]}`, 'Open it and save its table as XLSX or CSV.');
	}
	const isOds = names.has('content.xml') && names.has('META-INF/manifest.xml');
	const isXlsb = names.has('xl/workbook.bin');
	if (!isOds && !isXlsb && !names.has('xl/workbook.xml')) return null;
	if (archive.sizeBytes > MAX_BYTES) {
		throw new UnreadableFileError(`The file is larger than ${MAX_BYTES / 1e6} MB`, AS_CSV);
	}
	const container = CFB.utils.cfb_new({ root: '' });
	const sum: Unpacked = { bytes: 0, tags: 0, arrayFormulas: 0 };
	for (const entry of archive.entries) {
		if (!PARTS.test(entry.name) || NOT_PARTS.test(entry.name)) continue;
		const content = await unpack(entry, sum);
		if (isOds && entry.name === 'content.xml') checkRepetitions(content);
		CFB.utils.cfb_add(container, entry.name, content, { unsafe: true });
	}
	const format = isOds ? 'ods' : isXlsb ? 'xlsb' : 'xlsx';
	const options = { sheetStubs: !isOds, cellFormula: sum.arrayFormulas <= MAX_ARRAY_FORMULAS };
	return { format, parse: parsing((sheet) => parse_zip(container, optionsFor(sheet, options))) };
}
