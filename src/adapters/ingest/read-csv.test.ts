import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { Readable } from 'node:stream';
import type { ReadRow } from '../../app/ports/row-reader';
import { findDialect } from './find-dialect';
import { readRows } from './read-rows';

function* pieces(bytes: Buffer, size: number): Generator<Buffer> {
	for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(content: string | Buffer, size = 65_536): Promise<ReadRow[]> {
	const rows: ReadRow[] = [];
	const open = async () => Readable.from(pieces(Buffer.from(content), size));
	for await (const some of readRows({ fileName: 'a.csv', open })) rows.push(...some);
	return rows;
}

/** Each row as its line and cells, each error as its line and message. */
async function brief(content: string | Buffer, size?: number) {
	return (await read(content, size)).map((row) =>
		row.ok ? [row.row.row, ...row.row.cells] : [row.error.row, row.error.message],
	);
}

const cell = fc.oneof(
	fc.string({
		unit: fc.constantFrom('a', 'ß', '7', ' ', ',', ';', '\t', '"', '\n', '€', '🚚'),
		maxLength: 8,
	}),
	fc.constantFrom('WBA12345678901234', '__proto__', ''),
);
const table = fc
	.integer({ min: 2, max: 5 })
	.chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 12 }))
	.filter((rows) => rows.every((row) => row.some((text) => text.trim() !== '')));
const quote = (text: string) => (/[",;\t\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

test('what was written is read again, as csv-parse reads it, whatever the pieces it comes in', async () => {
	await fc.assert(
		fc.asyncProperty(
			table,
			fc.constantFrom(',', ';', '\t'),
			fc.constantFrom('\n', '\r\n'),
			fc.integer({ min: 1, max: 40 }),
			fc.boolean(),
			async (rows, delimiter, lineEnd, size, bom) => {
				const header = (rows[0] ?? ['', '']).map((_, index) => `column ${index}`);
				const text =
					(bom ? '\ufeff' : '') +
					[header, ...rows].map((row) => row.map(quote).join(delimiter) + lineEnd).join('');
				const read = (await brief(text, size)).map((row) => row.slice(1));
				expect(read).toEqual(rows);
				const peer: string[][] = parse(text, { bom: true, delimiter });
				expect(read).toEqual(peer.slice(1));
			},
		),
		{ numRuns: 300 },
	);
});

test('rows carry the line on which they begin', async () => {
	expect(await brief('a,b\n1,"x\ny"\n\n2,z\n,\n3,w')).toEqual([
		[2, '1', 'x\ny'],
		[5, '2', 'z'],
		[7, '3', 'w'],
	]);
});

test('a ragged row is an error of its own', async () => {
	expect(await brief('a;b;c\n1;2;3\n4;5\n6;7;8;9\n10;11;12;;\n')).toEqual([
		[2, '1', '2', '3'],
		[3, 'The row has 2 cells where the header has 3 columns'],
		[4, 'The row has 4 cells where the header has 3 columns'],
		[5, '10', '11', '12'],
	]);
});

test.each([
	['a later quote', '1,2\n"open,3\n4,5\n"x",y\n', [['x', 'y']]],
	['the end of the file', '1,2\n"open,3\n4,5\n', []],
	['a later row that closes it by chance', '1,2\n"open,3\n4,5\n6,7"\n8,9\n', [['8', '9']]],
])('a quote that is not closed costs its own row only: %s', async (_, body, more) => {
	const rows = await brief(`a,b\n${body}`);
	expect(rows).toContainEqual([3, 'A quoted cell begins on line 3 and its closing quote is missing']);
	expect(rows.filter(([line]) => line === 3)).toHaveLength(1);
	const good = rows.map((row) => row.slice(1)).filter((cells) => cells.length === 2);
	for (const cells of [['1', '2'], ['4', '5'], ...more]) expect(good).toContainEqual(cells);
});

test('an unclosed quote far above does not swallow thousands of rows', async () => {
	const rows = Array.from({ length: 5_000 }, (_, index) => `${index},x`);
	rows[10] = '10,"x';
	const read = await brief(`a,b\n${rows.join('\n')}`);
	expect(read).toHaveLength(5_000);
	expect(read.filter((row) => row.length === 2)).toEqual([[12, expect.stringContaining('line 12')]]);
});

test('text after a closing quote is named', async () => {
	expect(await brief('a,b\n"x"y,2\n3,4\n')).toEqual([
		[2, expect.stringContaining("Cell 1 ends its quotes and goes on with 'y,2'")],
		[3, '3', '4'],
	]);
});

test('the delimiter is told from the lines, or from a sep= line', async () => {
	expect(await brief('name;text\na;"1,2,3,4"\n')).toEqual([[2, 'a', '1,2,3,4']]);
	expect(await brief('a,b;c,d\n1,2;3,4\n')).toEqual([[2, '1', '2;3', '4']]);
	expect(await brief('sep=|\na|b\n1|2\n')).toEqual([[3, '1', '2']]);
	expect(await brief('vin\n1\n')).toEqual([[2, '1']]);
	expect(findDialect('"\n\ta",\n"row 1",\n', { headerRow: 0 })).toMatchObject({ delimiter: ',', columns: 2 });
});

test('Windows-1252 and UTF-16 are read as what they are', async () => {
	expect(await brief(Buffer.from('Halter;Ort\nMüller;Köln\n', 'latin1'))).toEqual([[2, 'Müller', 'Köln']]);
	expect(await brief(Buffer.from('\ufeffHalter;Ort\nMüller;Köln\n', 'utf16le'))).toEqual([
		[2, 'Müller', 'Köln'],
	]);
});

test('a header that cannot be used is refused with what is wrong with it', async () => {
	await expect(read('VIN,plate,vin,Plate\n1,2,3,4\n')).rejects.toThrow("names 'vin', 'Plate' more than once");
	await expect(read(',,\n1,2,3\n')).rejects.toThrow('has no header');
	await expect(read('"a,b\n1,2\n')).rejects.toThrow('The header cannot be read');

	expect((await read('a,\n1,2\n'))[0]).toMatchObject({ row: { columns: ['a', 'Column 2'] } });
});

test('attributes of an export may differ in case or blanks alone, others may not', async () => {
	const names = ['attributes.Colour', 'attributes.colour', 'attributes.a  b', 'attributes.a b'];
	const [row] = await read(`vin,${names.join(',')}\nA,1,2,3,4\n`);
	expect(row).toMatchObject({ row: { columns: ['vin', ...names], cells: ['A', '1', '2', '3', '4'] } });
	await expect(read('attributes.a,Attributes.a,x\n1,2,3\n')).rejects.toThrow("'Attributes.a' more than once");
	await expect(read('attributes.a,attributes.a,x\n1,2,3\n')).rejects.toThrow("'attributes.a' more than once");
});
