import { isAscii, isUtf8 } from 'node:buffer';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { unparse } from 'papaparse';
import { utils, write, type BookType } from 'xlsx';
import type { FileDialect } from '../../domain/import';
import { readRows } from './read-rows';

const RUNS = Number(process.env.FLEET_PROPERTY_RUNS ?? 60);

type Table = readonly (readonly string[])[];

async function read(
	fileName: string,
	bytes: Buffer,
	size: number,
	dialect: FileDialect = {},
): Promise<unknown> {
	function* pieces(): Generator<Buffer> {
		for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
	}
	const rows: unknown[] = [];
	let columns: readonly string[] = [];
	for await (const some of readRows({ fileName, open: async () => Readable.from(pieces()) }, { dialect })) {
		for (const row of some) {
			rows.push(row.ok ? row.row.cells : row.error);
			columns = row.ok ? row.row.columns : row.columns;
		}
	}
	return [columns, ...rows];
}

interface Dialect {
	readonly delimiter: string;
	readonly lineEnd: string;
	readonly quoteAll: boolean;
	readonly hasHeader: boolean;
	/** Whether the reader is told the delimiter. */
	readonly isTold: boolean;
}

/** Each a library of its own, with its own idea of when to quote. */
const WRITERS: Record<string, (rows: Table, dialect: Dialect) => string> = {
	'csv-stringify': (rows, { delimiter, lineEnd, quoteAll }) =>
		stringify(rows as string[][], {
			delimiter,
			record_delimiter: lineEnd,
			quoted: quoteAll,
			quoted_match: /[\r\n]/,
		}),
	papaparse: (rows, { delimiter, lineEnd, quoteAll }) =>
		unparse(rows as string[][], { delimiter, newline: lineEnd, quotes: quoteAll }) + lineEnd,
	// It quotes line ends only where they are its own, so it writes no other.
	xlsx: (rows, { delimiter, quoteAll }) =>
		utils.sheet_to_csv(utils.aoa_to_sheet(rows as string[][]), {
			FS: delimiter,
			RS: '\n',
			forceQuotes: quoteAll,
		}),
};

const windows1252 = (text: string) =>
	Buffer.from(text.replaceAll('€', '\x80').replaceAll('„', '\x84').replaceAll('œ', '\x9c'), 'latin1');
const ENCODERS: Record<string, (text: string) => Buffer> = {
	'UTF-8': (text) => Buffer.from(text),
	'UTF-8 with BOM': (text) => Buffer.from(`\ufeff${text}`),
	'UTF-16 LE': (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
	'UTF-16 BE': (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
	'Windows-1252': windows1252,
	gzip: (text) => gzipSync(text),
};

const WESTERN = [
	'a',
	'Z',
	'7',
	' ',
	',',
	';',
	'\t',
	'|',
	'"',
	"'",
	'\n',
	'\r\n',
	'ä',
	'ß',
	'€',
	'„',
	'œ',
	'=',
	'<',
	'&',
];
const ALL = [...WESTERN, '🚚', 'ш', 'ל', '漢', '\u0301'];

const cellOf = (units: readonly string[]) =>
	fc.oneof(
		{ weight: 4, arbitrary: fc.string({ unit: fc.constantFrom(...units), maxLength: 8 }) },
		fc.constantFrom('WDB9634031L123456', '__proto__', '', '007', '1,5', '2026-03-31', 'null', 'true'),
	);

/** A table whose rows and columns all have something in them, so that none is a blank line. */
const tableOf = (units: readonly string[]) =>
	fc
		.integer({ min: 2, max: 6 })
		.chain((width) =>
			fc.array(fc.array(cellOf(units), { minLength: width, maxLength: width }), {
				minLength: 1,
				maxLength: 15,
			}),
		)
		.map((rows) =>
			rows.map(([first = '', ...others], at) => [first.trim() === '' ? `row ${at}` : first, ...others]),
		);

/** Few texts in Windows-1252 could: those of odd signs behind each other, such as `ß„`. */
function couldBeUtf8(bytes: Buffer): boolean {
	const lines = bytes
		.toString('latin1')
		.split('\n')
		.map((line) => Buffer.from(line, 'latin1'));
	return lines.some((line) => !isAscii(line) && isUtf8(line));
}

const dialects = fc.record({
	delimiter: fc.constantFrom(',', ';', '\t', '|'),
	lineEnd: fc.constantFrom('\n', '\r\n'),
	quoteAll: fc.boolean(),
	hasHeader: fc.boolean(),
	isTold: fc.boolean(),
});

/** Without quotes around all cells, another delimiter inside of them may look like the one that is meant. */
function isEvident(rows: Table, delimiter: string): boolean {
	const others = [',', ';', '\t', '|'].filter((other) => other !== delimiter);
	return !rows.flat().some((cell) => others.some((other) => cell.includes(other)));
}

const header = (rows: Table, prefix: string) => (rows[0] ?? []).map((_, index) => `${prefix} ${index + 1}`);

describe.each(Object.keys(WRITERS))('what %s writes', (writer) => {
	test.each(Object.keys(ENCODERS))(
		'in %s reads back equal, in any dialect and any pieces',
		async (encoding) => {
			const units = encoding === 'Windows-1252' ? WESTERN : ALL;
			await fc.assert(
				fc.asyncProperty(
					tableOf(units),
					dialects,
					fc.constantFrom(1, 3, 64, 65_536),
					async (rows, dialect, size) => {
						fc.pre(dialect.isTold || dialect.quoteAll || isEvident(rows, dialect.delimiter));
						const names = header(rows, dialect.hasHeader ? 'Name' : 'Column');
						const all = dialect.hasHeader ? [names, ...rows] : rows;
						const bytes = ENCODERS[encoding]?.(WRITERS[writer]?.(all, dialect) ?? '');
						if (encoding === 'Windows-1252') fc.pre(!couldBeUtf8(bytes ?? Buffer.alloc(0)));
						const found = await read('table.csv', bytes ?? Buffer.alloc(0), size, {
							headerRow: dialect.hasHeader ? 1 : 0,
							...(dialect.isTold && { delimiter: dialect.delimiter }),
						});
						expect(found).toEqual([names, ...rows]);
					},
				),
				{ numRuns: RUNS },
			);
		},
	);
});

test.each<BookType>(['xlsx', 'xlsb', 'biff8', 'ods'])(
	'what is written as %s reads back equal',
	async (bookType) => {
		const cell = fc.oneof(
			fc
				.string({
					unit: fc.constantFrom('a', ' ', '"', ',', '7', 'ä', '🚚', '<', '&', "'"),
					minLength: 1,
					maxLength: 8,
				})
				.filter((text) => text.trim() === text),
			fc
				.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 })
				.map((value) => Math.round(value * 100) / 100 + 0),
			fc.boolean(),
			fc.constant(undefined),
		);
		const table = fc.array(fc.tuple(fc.constantFrom('WDB9634031L123456', 'x'), cell, cell), {
			minLength: 1,
			maxLength: 10,
		});
		await fc.assert(
			fc.asyncProperty(table, async (rows) => {
				const names = ['vin', 'second', 'third'];
				const book = utils.book_new();
				utils.book_append_sheet(book, utils.aoa_to_sheet([names, ...rows]), 'Sheet');
				const bytes = write(book, { type: 'buffer', bookType }) as Buffer;
				expect(await read('table', bytes, 65_536)).toEqual([names, ...rows]);
			}),
			{ numRuns: RUNS },
		);
	},
);
