import fc from 'fast-check';
import { Readable } from 'node:stream';
import { utils, write } from 'xlsx';
import type { ReadOptions, ReadRow } from '../../app/ports/row-reader';
import { locateJsonError } from './locate-json-error';
import { readRows } from './read-rows';

async function read(fileName: string, content: string | Buffer, options?: ReadOptions): Promise<ReadRow[]> {
	const rows: ReadRow[] = [];
	const file = { fileName, open: async () => Readable.from([Buffer.from(content)]) };
	for await (const some of readRows(file, options)) rows.push(...some);
	return rows;
}

/** Rows as [row, list, object], errors as [row, list, message]. */
async function brief(fileName: string, content: string | Buffer, options?: ReadOptions) {
	return (await read(fileName, content, options)).map((row) =>
		row.ok
			? [
					row.row.row,
					row.row.list,
					Object.fromEntries(row.row.columns.map((name, at) => [name, row.row.cells[at]])),
				]
			: [row.error.row, row.error.list, row.error.message],
	);
}

function workbook(rows: unknown[][], sheetName = 'Fahrzeuge'): Buffer {
	const book = utils.book_new();
	utils.book_append_sheet(book, utils.aoa_to_sheet(rows), sheetName);
	utils.book_append_sheet(book, utils.aoa_to_sheet([['name'], ['Acme']]), 'Kunden');
	return write(book, { type: 'buffer', bookType: 'xlsx', compression: true }) as Buffer;
}

test.each(['upload', 'a.json', 'a.txt'])('a JSON list named %s is rows by its content', async (name) => {
	expect(await brief(name, ' [{"vin":"A","__proto__":1},7,{"vin":"B"}]')).toEqual([
		[
			1,
			null,
			Object.fromEntries([
				['vin', 'A'],
				['__proto__', 1],
			]),
		],
		[2, null, 'The element is not an object with named fields'],
		[3, null, { vin: 'B' }],
	]);
});

test('named lists come in the order in which they refer to each other', async () => {
	const file = {
		version: 3,
		Meldungen: [{ vin: 'A' }],
		vehicles: [{ vin: 'A' }],
		Kunden: [{ name: 'x' }],
		foo: [],
	};
	expect(await brief('fleet.json', JSON.stringify(file))).toEqual([
		[1, 'Kunden', { name: 'x' }],
		[1, 'vehicles', { vin: 'A' }],
		[1, 'Meldungen', { vin: 'A' }],
		[1, 'foo', expect.stringContaining("The list 'foo' has no name that is known: customers, vehicles")],
	]);
});

test('one object is one row, one list in a wrapper is a list', async () => {
	expect(await brief('a.json', '{"vin":"A"}')).toEqual([[1, null, { vin: 'A' }]]);
	expect(await brief('a.json', '{"data":[{"vin":"A"}],"total":1}')).toEqual([[1, null, { vin: 'A' }]]);
});

test('NDJSON is told by its lines, and a broken line costs itself only', async () => {
	expect(await brief('upload', '{"vin":"A"}\n{"vin":\n\n{"vin":"B"}\n')).toEqual([
		[1, null, { vin: 'A' }],
		[2, null, 'The element is no JSON: it breaks off at line 2, column 8: expected a value'],
		[4, null, { vin: 'B' }],
	]);
});

test.each([
	['{"a": [1,}', 1, 10],
	['{"customers": [\n  {"name": "A",}\n]}', 2, 16],
	['{"a":1', 1, 7],
	['hello there', 1, 1],
	['[1 2]', 1, 4],
	['[1] x', 1, 5],
	['["a\n"]', 1, 2],
	['', 1, 1],
])('%j is told to break at line %d, column %d', (text, line, column) => {
	expect(locateJsonError(text)).toMatchObject({ line, column });
});

test('the place of an error is found exactly for what JSON.parse refuses', () => {
	const parses = (text: string) => {
		try {
			JSON.parse(text);
			return true;
		} catch {
			return false;
		}
	};
	fc.assert(
		fc.property(
			fc.json({ maxDepth: 4 }),
			fc.nat(),
			fc.constantFrom('', ',', '}', '"', '1', ' '),
			(json, at, put) => {
				const place = at % (json.length + 1);
				const text = json.slice(0, place) + put + json.slice(place + 1);
				expect(locateJsonError(text) === null).toBe(parses(text));
			},
		),
		{ numRuns: 2_000 },
	);
});

test('a workbook gives its first sheet or the one named, dates as ISO 8601', async () => {
	const date = { t: 'n', v: 43_831, z: 'yyyy-mm-dd' };
	const book = workbook([['VIN', 'Year', 'Erstzulassung'], ['A', 2020, date], [], ['B', null, '']]);
	expect(await brief('a.xlsx', book)).toEqual([
		[2, null, { VIN: 'A', Year: 2020, Erstzulassung: '2020-01-01' }],
		[4, null, { VIN: 'B', Year: undefined, Erstzulassung: '' }],
	]);
	expect(await brief('upload', book, { dialect: { sheet: 'Kunden' } })).toEqual([
		[2, null, { name: 'Acme' }],
	]);
	await expect(read('a.xlsx', book, { dialect: { sheet: 'Tasks' } })).rejects.toMatchObject({
		message: "The workbook has no sheet 'Tasks'",
		hint: "Its sheets are 'Fahrzeuge', 'Kunden'.",
	});
});

test('a workbook that is damaged is refused', async () => {
	const book = workbook(Array.from({ length: 2_000 }, () => ['same', 'again']));
	await expect(read('a.xlsx', book.subarray(0, book.length - 100))).rejects.toThrow(
		'The archive or workbook cannot be read: ',
	);
	const lying = Buffer.from(book);
	const data = 30 + lying.readUInt16LE(26) + lying.readUInt16LE(28);
	lying.fill(0xff, data, data + 40);
	await expect(read('a.xlsx', lying)).rejects.toThrow('is damaged or breaks off');
});

test('files of other kinds are refused with what to send instead', async () => {
	await expect(read('a.csv', '')).rejects.toThrow('The file is empty');
	await expect(read('a.xls', Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'latin1'))).rejects.toThrow(
		'is damaged',
	);
	await expect(read('a.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 1]))).rejects.toThrow('a picture');
});
