import { readFileSync, readdirSync } from 'node:fs';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { ZipFile } from 'yazl';
import { readRows } from '../../src/adapters/ingest/read-rows';
import type { FileDialect } from '../../src/domain/import';

const FOLDER = 'test/fixtures/imports';

/** What a file has to give; `rows` and `errors` in the file's order, together. */
interface Expected {
	readonly case?: string;
	readonly file: string;
	readonly given?: FileDialect;
	readonly dialect?: Readonly<Record<string, unknown>>;
	/** `[row, list, values by column]`. */
	readonly rows?: readonly (readonly unknown[])[];
	/** `[row, list, column, value, message, cells]`. */
	readonly errors?: readonly (readonly unknown[])[];
	readonly fails?: string;
}

const expected = JSON.parse(readFileSync(`${FOLDER}/expected.json`, 'utf8')) as Expected[];

function* pieces(bytes: Buffer, size: number): Generator<Buffer> {
	for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** As the manifest writes it: what is not there is null. */
const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;

const bytesOf = (file: string) => readFileSync(`${FOLDER}/${file}`);

async function read(
	file: string,
	size: number,
	dialect?: FileDialect,
	bytes = bytesOf(file),
): Promise<unknown> {
	const rows: unknown[] = [];
	const errors: unknown[] = [];
	let total = -1;
	let found: FileDialect = {};
	const options = {
		...(dialect && { dialect }),
		onDialect: (told: FileDialect) => (found = told),
		onTotal: (told: number) => (total = told),
	};
	const open = async () => Readable.from(pieces(bytes, size));
	try {
		for await (const some of readRows({ fileName: file, open }, options)) {
			for (const row of some) {
				if (row.ok) {
					const { columns, cells } = row.row;
					expect(cells).toHaveLength(columns.length);
					const values = columns.map((name, at) => [name, cells[at] ?? null] as const);
					rows.push([row.row.row, row.row.list, Object.fromEntries(values)]);
				} else {
					const { row: at, list, column, value, message } = row.error;
					const cells = row.cells.length > 10 ? row.cells.length : row.cells;
					errors.push([at, list, column, value, message, cells]);
				}
			}
		}
	} catch (error) {
		return plain({ dialect: found, rows, errors, fails: String(error) });
	}
	expect(total).toBe(rows.length + errors.length);
	return plain({ dialect: found, rows, errors });
}

test('every hostile file is in the manifest', () => {
	const files = readdirSync(FOLDER).filter((file) => !/^(?:expected\.json|\.gitattributes)$/.test(file));
	expect(new Set(expected.map(({ file }) => file))).toEqual(new Set(files));
	expect(files.length).toBeGreaterThanOrEqual(60);
});

test.each(expected.map((one) => [one.case ?? one.file, one] as const))(
	'%s gives exactly its rows and errors',
	async (_, { case: _case, file, given, ...result }) => {
		const once = await read(file, 65_536, given);
		expect(once).toEqual({ dialect: {}, rows: [], errors: [], ...result });
		// However the bytes arrive, and however often it is read; some rows may come before it fails.
		const same = result.fails ? expect.objectContaining({ fails: result.fails }) : once;
		expect(await read(file, 7, given)).toEqual(same);
		const { dialect } = once as { dialect: FileDialect };
		expect(await read(file, 65_536, { ...given, ...dialect })).toEqual(same);
	},
);

const readable = expected.filter(({ file, fails }) => fails === undefined && !/\.(?:gz|zip)$/.test(file));

test.each(readable.map((one) => [one.case ?? one.file, one] as const))(
	'%s gives the same compressed, and in an archive',
	async (_, { case: _case, file, given, ...result }) => {
		const same = { dialect: {}, rows: [], errors: [], ...result };
		expect(await read(`${file}.gz`, 65_536, given, gzipSync(bytesOf(file)))).toEqual(same);

		const archive = new ZipFile();
		archive.addBuffer(bytesOf(file), file);
		archive.end();
		const inList = ([row, list, ...others]: readonly unknown[]) => [
			row,
			list ?? file.replace(/\.\w+$/, ''),
			...others,
		];
		expect(await read('a.zip', 65_536, given, await buffer(archive.outputStream))).toEqual({
			dialect: { ...given, format: 'zip' },
			rows: same.rows.map(inList),
			errors: same.errors.map(inList),
		});
	},
);
