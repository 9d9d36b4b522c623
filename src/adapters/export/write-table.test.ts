import { parse } from 'csv-parse/sync';
import { buffer } from 'node:stream/consumers';
import { read, utils } from 'xlsx';
import type { Table, TableOptions, TableRecord } from '../../app/ports/table-writer';
import { writeTable } from './write-table';

const HOSTILE = [
	...[
		'=1+1',
		'+49 30 1',
		'-5',
		'@SUM(A1)',
		'\tx',
		"'quoted",
		'007',
		'true',
		'1e5',
		' blank ',
		'a,b;c',
		'say "hi"',
	],
	...[
		'two\nlines',
		'two\r\nlines',
		'return\ronly',
		'😀 ünï',
		'_x0041_',
		'<b>&amp;</b>',
		'a\u0001b',
		'x'.repeat(10_000),
	],
];

const RECORDS: TableRecord[] = [
	{ fields: { name: 'plain', year: 2020, shape: { type: 'circle' } }, attributes: { km: 0.1, on: true } },
	...HOSTILE.map((value) => ({
		fields: { name: value, year: null, shape: null },
		attributes: { 'a.b c': value },
	})),
	{ fields: { name: 'numbers', year: -1, shape: null }, attributes: { km: 1.5e-300, ü: -2, big: 1.7e308 } },
];

function tableOf(records: readonly TableRecord[]): Table {
	async function* pages() {
		for (let at = 0; at < records.length; at += 4) yield await Promise.resolve(records.slice(at, at + 4));
	}
	return {
		name: 'things',
		fields: ['name', 'year', 'shape'],
		attributeNames: async () =>
			await Promise.resolve(
				[...new Set(records.flatMap(({ attributes = {} }) => Object.keys(attributes)))].sort(),
			),
		pages,
	};
}

const written = async (options: TableOptions, records = RECORDS) =>
	(await buffer(writeTable(tableOf(records), options))).toString();

test.each([',', ';', '\t', '|'])(
	'CSV with the delimiter %j has every record in its row',
	async (delimiter) => {
		const csv = await written({ format: 'csv', delimiter });
		expect(csv.startsWith('\ufeffname')).toBe(true);
		const [header, ...rows] = parse(csv.slice(1), { delimiter });
		expect(header).toEqual([
			'name',
			'year',
			'shape',
			...['a.b c', 'big', 'km', 'on', 'ü'].map((n) => `attributes.${n}`),
		]);
		expect(rows).toHaveLength(RECORDS.length);
		expect(rows[0]).toEqual(['plain', '2020', '{"type":"circle"}', '', '', '0.1', 'true', '']);
		expect(rows.at(-1)).toEqual(['numbers', '-1', '', '', '1.7e+308', '1.5e-300', '', '-2']);
		expect(rows[1]).toEqual(["'=1+1", '', '', "'=1+1", '', '', '', '']);
	},
);

test('CSV has no cell that a spreadsheet would run, and no text that reads as something else', async () => {
	const rows: string[][] = parse(await written({ format: 'csv', bom: false }), { from_line: 2 });
	const cells = rows.slice(1, -1).flat();
	expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
	expect(rows.map((row) => row[3]).filter((cell) => ['007', 'true', '1.5'].includes(cell ?? ''))).toEqual([]);
	expect(rows.map((row) => row[0])).toContain('007');
});

test('JSON and NDJSON have every record as it is, without what it has not', async () => {
	const expected = RECORDS.map(({ fields, attributes }) => ({
		...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)),
		attributes,
	}));
	expect(JSON.parse(await written({ format: 'json' }))).toEqual(expected);
	const lines = (await written({ format: 'ndjson' })).trimEnd().split('\n');
	expect(lines.map((line): unknown => JSON.parse(line))).toEqual(expected);
	expect(JSON.parse(await written({ format: 'json' }, []))).toEqual([]);
});

test('XLSX has texts as texts, numbers as numbers, and no formula', async () => {
	const book = read(await buffer(writeTable(tableOf(RECORDS), { format: 'xlsx' })));
	expect(book.SheetNames).toEqual(['things']);
	const sheet = book.Sheets.things ?? {};
	expect(Object.entries(sheet).filter(([, cell]) => (cell as { f?: string }).f !== undefined)).toEqual([]);
	const rows: unknown[][] = utils.sheet_to_json(sheet, { header: 1, raw: true, defval: null });
	expect(rows[1]).toEqual(['plain', 2020, '{"type":"circle"}', null, null, 0.1, true, null]);
	expect(rows.at(-1)).toEqual(['numbers', -1, null, null, 1.7e308, 1.5e-300, null, -2]);
	// Two characters make one line break in a spreadsheet, and so they are read.
	const asRead = HOSTILE.map((value) => value.replace('\r\n', '\n'));
	expect(rows.slice(2, -1).map((row) => row[0])).toEqual(asRead);
	expect(rows.slice(2, -1).map((row) => row[3])).toEqual(asRead);
});

test('what Excel cannot hold is refused by name', async () => {
	const tooLong = [{ fields: { name: 'x'.repeat(32_768), year: null, shape: null } }];
	const long = buffer(writeTable(tableOf(tooLong), { format: 'xlsx' }));
	await expect(long).rejects.toThrow('A text of 32768 characters is longer than the 32767 of an Excel cell');
	const record: TableRecord = { fields: { name: 'x' } };
	const page = Array.from({ length: 100_000 }, () => record);
	const endless: Table = {
		...tableOf([]),
		fields: ['name'],
		async *pages() {
			for (;;) yield await Promise.resolve(page);
		},
	};
	const many = buffer(writeTable(endless, { format: 'xlsx' }));
	await expect(many).rejects.toThrow("The sheet 'things' has more than the 1048576 rows that Excel can open");
});

test('a table that fails midway fails the file', async () => {
	const failing: Table = {
		...tableOf(RECORDS),
		async *pages() {
			yield await Promise.resolve(RECORDS);
			throw new Error('the store is away');
		},
	};
	for (const format of ['csv', 'json', 'ndjson', 'xlsx'] as const) {
		await expect(buffer(writeTable(failing, { format }))).rejects.toThrow('the store is away');
	}
});
