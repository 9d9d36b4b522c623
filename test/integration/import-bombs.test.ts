import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { CFB, utils, write } from 'xlsx';
import { ZipFile } from 'yazl';
import type { ReadRow } from '../../src/app/ports/row-reader';
import { folderBlobStore } from '../../src/adapters/blob/folder-blob-store';
import { readRows } from '../../src/adapters/ingest/read-rows';
import { DEFAULT_IMPORT_OPTIONS } from '../../src/domain/import';
import { threadedRecords } from '../../src/runner/threaded-records';

const MB = 1_000_000;

/** What is offered, piece by piece, and how much of it was taken. */
function offer(begin: string, piece: string, bytes: number) {
	const repeated = Buffer.from(piece.repeat(Math.ceil(65_536 / piece.length)));
	const taken = { bytes: 0 };
	function* pieces(): Generator<Buffer> {
		yield Buffer.from(begin);
		for (; taken.bytes < bytes; taken.bytes += repeated.length) yield repeated;
	}
	return { taken, open: async () => Readable.from(pieces()) };
}

async function readAll(fileName: string, bytes: Buffer): Promise<ReadRow[]> {
	const rows: ReadRow[] = [];
	const open = async () => Readable.from([bytes]);
	for await (const some of readRows({ fileName, open })) rows.push(...some);
	return rows;
}

async function countRows(fileName: string, open: () => Promise<Readable>): Promise<number> {
	let count = 0;
	for await (const some of readRows({ fileName, open })) count += some.length;
	return count;
}

async function zip(entries: Readonly<Record<string, Buffer>>): Promise<Buffer> {
	const archive = new ZipFile();
	for (const [name, content] of Object.entries(entries)) archive.addBuffer(content, name);
	archive.end();
	const chunks: Buffer[] = [];
	for await (const chunk of archive.outputStream as AsyncIterable<Buffer>) chunks.push(chunk);
	return Buffer.concat(chunks);
}

/** Blanks with something between them, so that they shrink no more than a table might. */
function spaces(bytes: number): string {
	return Array.from({ length: bytes / 1_000 }, (_, at) => String(at * 7_919).padStart(1_000)).join('');
}

/** A workbook whose part holds what no spreadsheet would write. */
async function workbookWith(
	bookType: 'xlsx' | 'ods',
	part: string,
	change: (xml: string) => string,
): Promise<Buffer> {
	const book = utils.book_new();
	utils.book_append_sheet(book, utils.aoa_to_sheet([['vin'], ['A']]), 'Sheet');
	const library = CFB as {
		read(bytes: Buffer, options: object): { FileIndex: { content?: Uint8Array }[]; FullPaths: string[] };
	};
	const container = library.read(write(book, { type: 'buffer', bookType }) as Buffer, { type: 'buffer' });
	const entries: Record<string, Buffer> = {};
	for (const [index, path] of container.FullPaths.entries()) {
		const content = Buffer.from(container.FileIndex[index]?.content ?? []);
		const name = path.replace('Root Entry/', '');
		if (content.length === 0 || name.includes('Sh33tJ5')) continue;
		entries[name] = name.endsWith(part) ? Buffer.from(change(content.toString())) : content;
	}
	return await zip(entries);
}

test.each([
	['a line', 'long.csv', 'vin,plate\n', 'x', 'a line of more than ten million bytes'],
	['a line of delimiters', 'long.csv', 'vin,plate\n', ',', 'a line of more than ten million bytes'],
	['a first line', 'long.csv', '', 'vin,', 'a line of more than ten million bytes'],
	['a quoted cell', 'long.csv', 'vin,plate\nA,"', 'x', 'a line of more than ten million bytes'],
	['a line', 'long.ndjson', '{"vin":"A"}\n{"vin":"', 'x', 'a line of more than ten million bytes'],
	['a text', 'long.json', '[{"vin":"A"},{"vin":"', 'x', 'has more than 10 million bytes'],
	['an element', 'long.json', '[{"vin":"A"},{"list":[1', ',1', 'has more than 10 million bytes'],
	['a name', 'long.json', '{"', 'x', 'has more than 10 million bytes'],
	['one object', 'long.json', '{"vin":"', 'x', 'has more than 100 million bytes'],
	['an element beside', 'long.json', '{"list":[{"vin":"', 'x', 'has more than 100 million bytes'],
])('%s of 200 MB in %s is refused (%s...)', async (_, fileName, begin, piece, message) => {
	const { taken, open } = offer(begin, piece, 200 * MB);
	await expect(countRows(fileName, open)).rejects.toThrow(message);
	// One object has to be looked through for lists; nothing of it is kept.
	expect(taken.bytes).toBeLessThan((message.includes('100') ? 110 : 30) * MB);
});

test('a quoted cell of 200 MB with line ends costs its own row, and all that follow are read', async () => {
	const { taken, open } = offer('vin,plate\nA,"\n', 'B,x\n', 20 * MB);
	let count = 0;
	let bad = 0;
	for await (const some of readRows({ fileName: 'quoted.csv', open })) {
		count += some.length;
		bad += some.filter((row) => !row.ok).length;
	}
	expect(bad).toBe(1);
	expect(count).toBe(1 + taken.bytes / 4);
});

test('lists nested 100,000 deep are a row error', async () => {
	const deep = '['.repeat(100_000) + ']'.repeat(100_000);
	const rows = await readAll('deep.json', Buffer.from(`[{"a":${deep}},{"a":1}]`));
	expect(rows.map((row) => (row.ok ? row.row.cells : row.error.message))).toEqual([
		'The element is nested deeper than 100 levels',
		[1],
	]);
	const objects = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
	const [row] = await readAll('deep.json', Buffer.from(objects));
	expect(row).toMatchObject({
		ok: false,
		error: { message: 'The element is nested deeper than 100 levels' },
	});
});

test.each(['latin1', 'utf8'] as const)(
	'a first umlaut behind a megabyte of ASCII is read in %s',
	async (encoding) => {
		const rows = Array.from({ length: 60_000 }, (_, index) => `WDB${index},Hamburg`);
		const file = Buffer.from(
			`vin,depot\n${rows.join('\n')}\nX,Müller €\nY,Köln\n`.replace('€', encoding === 'utf8' ? '€' : '\x80'),
			encoding,
		);
		for (const size of [1_000, 1_000_000]) {
			const open = async () =>
				Readable.from(
					Array.from({ length: Math.ceil(file.length / size) }, (_, at) =>
						file.subarray(at * size, (at + 1) * size),
					),
				);
			const read: ReadRow[] = [];
			for await (const some of readRows({ fileName: 'late.csv', open })) read.push(...some);
			expect(read).toHaveLength(60_002);
			expect(read.slice(-2)).toMatchObject([
				{ row: { cells: ['X', 'Müller €'] } },
				{ row: { cells: ['Y', 'Köln'] } },
			]);
		}
	},
);

test('gzip and zip bombs are refused, with or without lines', async () => {
	const zeros = gzipSync(Buffer.alloc(60 * MB, 'x'), { level: 1 });
	await expect(readAll('bomb.csv.gz', zeros)).rejects.toThrow('a line of more than ten million bytes');
	const lines = Buffer.alloc(60 * MB, '\n');
	const message = 'The file unpacks to more than 500 times its size';
	await expect(readAll('bomb.csv.gz', gzipSync(lines))).rejects.toThrow(message);
	await expect(readAll('bomb.zip', await zip({ 'a.csv': lines }))).rejects.toThrow(message);
});

test('entries of an archive that share their bytes are refused', async () => {
	const archive = await zip({ 'a.csv': Buffer.from('vin\nA\n'), 'b.csv': Buffer.from('vin\nA\n') });
	const second = archive.lastIndexOf(Buffer.from('PK\x01\x02'));
	archive.writeUInt32LE(0, second + 42);
	await expect(readAll('overlap.zip', archive)).rejects.toThrow('its entries overlap');
});

test('an entry that unpacks to more than it says is refused', async () => {
	const archive = await zip({ 'a.csv': Buffer.from(`vin\n${'A\n'.repeat(1_000)}`) });
	archive.writeUInt32LE(100, archive.lastIndexOf(Buffer.from('PK\x01\x02')) + 24);
	await expect(readAll('lying.zip', archive)).rejects.toThrow('there is more in it than it says');
});

test.each<[string, 'xlsx' | 'ods', string, (xml: string) => string, string]>([
	[
		'that unpacks to 260 MB',
		'xlsx',
		'sheet1.xml',
		(xml) => xml.replace('</sheetData>', `${spaces(260 * MB)}</sheetData>`),
		'unpacks to more than 250 MB',
	],
	[
		'of eleven million tags',
		'xlsx',
		'sheet1.xml',
		(xml) => xml.replace('</sheetData>', `${'<'.repeat(11 * MB)}</sheetData>`),
		'The workbook has too many cells',
	],
	[
		'of three million rows',
		'xlsx',
		'sheet1.xml',
		(xml) => xml.replace('</sheetData>', `${'<row/>'.repeat(3 * MB)}</sheetData>`),
		'more than 1048576 rows',
	],
	[
		'whose cells name texts that it does not have',
		'xlsx',
		'sheet1.xml',
		(xml) => xml.replace('</sheetData>', '<row><c t="s"><v>5</v></c></row></sheetData>'),
		"The sheet 'Sheet' is damaged",
	],
	[
		'with a row far beyond the last',
		'xlsx',
		'sheet1.xml',
		(xml) =>
			xml.replace('</sheetData>', '<row r="4000000000"><c r="A4000000000"><v>1</v></c></row></sheetData>'),
		'more than 1048576 rows',
	],
	[
		'whose one row stands for a million',
		'ods',
		'content.xml',
		(xml) =>
			xml
				.replaceAll('<table:table-row', '<table:table-row table:number-rows-repeated="1048576"')
				.replaceAll('<table:table-cell', '<table:table-cell table:number-columns-repeated="1000"'),
		'The workbook has too many cells',
	],
])('a workbook %s is refused', async (_, bookType, part, change, message) => {
	await expect(readAll('bomb', await workbookWith(bookType, part, change))).rejects.toThrow(message);
});

test('a local header that says other than the directory of the archive changes nothing', async () => {
	const book = await workbookWith('xlsx', 'sheet1.xml', (xml) => xml);
	for (let at = book.indexOf('PK\x03\x04'); at >= 0; at = book.indexOf('PK\x03\x04', at + 4))
		book.writeUInt16LE(0, at + 8);
	expect(await readAll('a.xlsx', book)).toMatchObject([{ ok: true, row: { cells: ['A'] } }]);
});

test('while a thread refuses a bomb, the one that asked for it has its time for others', async () => {
	const path = await mkdtemp(join(tmpdir(), 'fleet-bomb-'));
	const row = '<row><c><v>1</v></c></row>';
	const bomb = await workbookWith('xlsx', 'sheet1.xml', (xml) =>
		xml.replace('</sheetData>', `${row.repeat(1_050_000)}</sheetData>`),
	);
	const { key, sizeBytes } = await folderBlobStore(path).put('bomb.xlsx', Readable.from([bomb]));
	const request = { fileName: 'bomb.xlsx', blobKey: key, sizeBytes, recordType: 'auto', plan: null } as const;
	const records = threadedRecords({ kind: 'folder', path })(
		{ ...request, options: DEFAULT_IMPORT_OPTIONS, remembered: new Map(), skipRows: 0 },
		{ onPlan: () => undefined, onTotal: () => undefined },
	);
	const before = performance.eventLoopUtilization();
	await expect(records[Symbol.asyncIterator]().next()).rejects.toThrow('more than 1048576 rows');
	expect(performance.eventLoopUtilization(before).utilization).toBeLessThan(0.5);
	await rm(path, { recursive: true });
});
