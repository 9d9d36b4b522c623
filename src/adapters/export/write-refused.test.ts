import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { utils, write } from 'xlsx';
import type { RefusedRow } from '../../app/ports/refused-rows';
import type { ReadRow } from '../../app/ports/row-reader';
import type { FileDialect } from '../../domain/import';
import type { ImportPlan } from '../../domain/mapping/import-plan';
import { ERROR_COLUMN } from '../../domain/mapping/text-marker';
import { readRows } from '../ingest/read-rows';
import { writeRefused } from './write-refused';

interface Read {
	readonly dialect: ImportPlan['dialect'];
	readonly rows: readonly ReadRow[];
}

async function read(fileName: string, content: Buffer, given: FileDialect = {}): Promise<Read> {
	const rows: ReadRow[] = [];
	let dialect: ImportPlan['dialect'] = { format: 'none' };
	const file = { fileName, open: async () => await Promise.resolve(Readable.from([content])) };
	for await (const some of readRows(file, { dialect: given, onDialect: (found) => (dialect = found) }))
		rows.push(...some);
	return { dialect, rows };
}

/** All rows of a file as if each was refused, for the reason `reason`, in a file, which is read again. */
async function throughErrorFile(
	{ dialect, rows }: Read,
	isText: boolean,
	reason = '=bad, "very" bad',
): Promise<Read> {
	async function* pages() {
		for (const row of rows) {
			const { columns, cells } = row.ok ? row.row : row;
			const { list } = row.ok ? row.row : row.error;
			const refused: RefusedRow = { list, columns, cells, isWhole: row.ok, isText, reason };
			yield await Promise.resolve([refused]);
		}
	}
	const { extension, content } = writeRefused(dialect, pages());
	return await read(`errors.${extension}`, await buffer(content));
}

const namedCells = (row: ReadRow) => {
	const { columns, cells } = row.ok ? row.row : row;
	return Object.fromEntries(columns.map((name, at) => [name, cells[at]]));
};

const withoutReason = (row: ReadRow) => {
	const { [ERROR_COLUMN]: _, ...others } = namedCells(row);
	return others;
};

const HOSTILE = [
	'=1+1',
	"'=1+1",
	'007',
	' blank ',
	'say "hi"',
	'a;b,c\td',
	'two\nlines',
	'ünï €',
	'-5',
	'1.234,50',
];

describe('of CSV', () => {
	const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
	const csv = [['Name', 'Größe €'], ...HOSTILE.map((cell) => [cell, 'x']), ['', 'y']]
		.map((cells) => cells.map(quoted).join(';'))
		.join('\r\n');

	test.each([
		['utf-8', Buffer.from(csv)],
		['utf-8', Buffer.from(`\ufeff${csv}`)],
		['utf-16le', Buffer.from(`\ufeff${csv}`, 'utf16le')],
		['utf-16be', Buffer.from(`\ufeff${csv}`, 'utf16le').swap16()],
		['windows-1252', Buffer.from(csv.replaceAll('€', '\x80'), 'latin1')],
	])('in %s every cell is read as it was, in the same dialect', async (encoding, bytes) => {
		const first = await read('fleet.csv', bytes);
		expect(first.dialect).toMatchObject({ format: 'csv', encoding, delimiter: ';' });
		expect(first.rows).toHaveLength(HOSTILE.length + 1);
		const again = await throughErrorFile(first, true);
		expect(again.dialect).toMatchObject({ format: 'csv', encoding, delimiter: ';' });
		expect(again.rows.map(withoutReason)).toEqual(first.rows.map(namedCells));
		expect(namedCells(again.rows[0] as ReadRow)[ERROR_COLUMN]).toBe('\'=bad, "very" bad');
	});

	test('compressed it comes back as it is inside', async () => {
		const first = await read('fleet.csv.gz', gzipSync(csv));
		const again = await throughErrorFile(first, true);
		expect(again.dialect).toMatchObject({ format: 'csv', delimiter: ';' });
		expect(again.rows.map(withoutReason)).toEqual(first.rows.map(namedCells));
	});

	test('a reason that the encoding cannot hold does not spoil the cells', async () => {
		const first = await read('fleet.csv', Buffer.from('Größe,x\nö,1\n', 'latin1'));
		const again = await throughErrorFile(first, true, 'not 漢字');
		expect(again.rows.map(namedCells)).toEqual([{ [ERROR_COLUMN]: 'not ??', Größe: 'ö', x: '1' }]);
	});

	test('rows that could not be told apart keep their cells, behind the reason', async () => {
		const first = await read('fleet.csv', Buffer.from('a,b,c\n1,2,3\n4,5\n6,7,8,9\n10,11,12\n'));
		expect(first.rows.map(({ ok }) => ok)).toEqual([true, false, false, true]);
		const again = await throughErrorFile(first, true, 'bad');
		expect(again.rows.map((row) => (row.ok ? row.row.cells : row.cells))).toEqual([
			['bad', '1', '2', '3'],
			['bad', '4', '5'],
			['bad', '6', '7', '8', '9'],
			['bad', '10', '11', '12'],
		]);
	});

	test('a file without a header gets one, and a second round has one reason only', async () => {
		const first = await read('fleet.csv', Buffer.from('1,2\n3,4\n5,6\n'), { headerRow: 0 });
		const again = await throughErrorFile(await throughErrorFile(first, true, 'old'), true, 'new');
		expect(again.rows.map((row) => namedCells(row)[ERROR_COLUMN])).toEqual(again.rows.map(() => 'new'));
		expect(again.rows.map(withoutReason)).toEqual(first.rows.map(namedCells));
	});
});

describe('of JSON', () => {
	const objects = [...HOSTILE, 5, true, null, { deep: [1] }].map((value, at) => ({
		id: at,
		value,
		only: at === 1 ? 1 : undefined,
	}));

	test.each([
		['an array', JSON.stringify(objects)],
		['a list inside', JSON.stringify({ data: { cars: objects }, page: 1 })],
		['lists by name', JSON.stringify({ vehicles: objects, customers: [{ name: 'Ünal' }] })],
		['NDJSON', objects.map((object) => JSON.stringify(object)).join('\n')],
	])('%s comes back with the same objects in the same lists', async (_, json) => {
		const first = await read('fleet.json', Buffer.from(json));
		const again = await throughErrorFile(first, false);
		expect(again.dialect).toEqual({ ...first.dialect, encoding: 'utf-8' });
		expect(again.rows.map(withoutReason)).toEqual(first.rows.map(namedCells));
		expect(again.rows.map((row) => row.ok && row.row.list)).toEqual(
			first.rows.map((row) => row.ok && row.row.list),
		);
	});

	test('what is no object is kept as it stood', async () => {
		const first = await read('fleet.ndjson', Buffer.from('{"a":1}\n{"a":\n7\n'));
		const again = await throughErrorFile(first, false, 'bad');
		expect(again.rows.map(namedCells)).toEqual([
			{ [ERROR_COLUMN]: 'bad', a: 1 },
			{ [ERROR_COLUMN]: 'bad', Element: '{"a":' },
			{ [ERROR_COLUMN]: 'bad', Element: 7 },
		]);
	});
});

test.each(['xlsx', 'xlsb', 'biff8', 'ods'] as const)(
	'of a workbook (%s) every cell is read as it was',
	async (bookType) => {
		// The library takes back what it did to the ampersand in an OpenDocument's text, but not in the sheet's name.
		const name = bookType === 'ods' ? 'Fuhrpark' : 'Fuhrpark & Co';
		const cells = [
			...HOSTILE.map((text) => [text, 1.5]),
			['day', new Date(Date.UTC(2026, 2, 31))],
			[true, undefined],
		];
		const sheet = utils.aoa_to_sheet([['Name', 'Value'], ...cells], { UTC: true });
		const bytes = write(utils.book_new(sheet, name), { type: 'buffer', bookType }) as Buffer;
		const first = await read('fleet', bytes);
		expect(first.rows).toHaveLength(cells.length);
		const again = await throughErrorFile(first, false);
		expect(again.dialect).toMatchObject({
			format: bookType === 'xlsb' ? 'xlsx' : first.dialect.format,
			sheet: name,
		});
		expect(again.rows.map(withoutReason)).toEqual(first.rows.map(namedCells));
	},
);

test('of an archive each file comes back in an archive', async () => {
	const rows: RefusedRow[] = [
		{ list: 'customers', columns: ['name'], cells: ['Ünal'], isWhole: true, isText: true, reason: 'bad' },
		{ list: 'vehicles', columns: ['vin'], cells: ['1'], isWhole: true, isText: true, reason: 'bad' },
		{ list: 'vehicles', columns: ['vin'], cells: ['2'], isWhole: true, isText: true, reason: 'bad' },
		{ list: 'tasks', columns: ['title'], cells: ['x'], isWhole: true, isText: false, reason: 'bad' },
	];
	const { content } = writeRefused({ format: 'zip' }, Readable.from([rows]));
	const again = await read('errors.zip', await buffer(content));
	expect(again.rows.map((row) => [row.ok && row.row.list, withoutReason(row)])).toEqual([
		['customers', { name: 'Ünal' }],
		['vehicles', { vin: '1' }],
		['vehicles', { vin: '2' }],
		['tasks', { title: 'x' }],
	]);
});
