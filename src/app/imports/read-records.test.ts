import fc from 'fast-check';
import { DEFAULT_IMPORT_OPTIONS, type ImportOptions } from '../../domain/import';
import type { ImportMapping } from '../../domain/mapping/import-mapping';
import type { ImportPlan } from '../../domain/mapping/import-plan';
import { mappingToRemember } from '../../domain/mapping/remember-mapping';
import type { ReadRow, RowReader, SourceFile } from '../ports/row-reader';
import { behind, readRecords, type AskedRecords, type FileRow } from './read-records';

const FILE: SourceFile = {
	fileName: 'vehicles.csv',
	open: () => Promise.reject(new Error('nothing but the reader opens a file')),
};
const DIALECT = { format: 'csv', delimiter: ';' };

/** Hands over the rows in batches of `size`, and counts those that were asked for. */
function readerOf(rows: readonly ReadRow[], size = 500) {
	const given: { rows: number; dialect: unknown } = { rows: 0, dialect: null };
	const reader: RowReader = async function* (_, options) {
		given.dialect = options?.dialect;
		options?.onDialect?.(DIALECT);
		for (let from = 0; from < rows.length; from += size) {
			const some = rows.slice(from, from + size);
			given.rows += some.length;
			yield await Promise.resolve(some);
		}
		options?.onTotal?.(rows.length);
	};
	return { reader, given };
}

function rowsOf(
	list: string | null,
	columns: readonly string[],
	cells: readonly (readonly unknown[])[],
	isText = true,
): ReadRow[] {
	return cells.map((some, index) => ({
		ok: true,
		row: { row: index + 2, list, columns, cells: some, isText },
	}));
}

async function read(
	reader: RowReader,
	asked: Partial<Omit<AskedRecords, 'options'>> & { options?: Partial<ImportOptions> } = {},
) {
	const plans: ImportPlan[] = [];
	const totals: number[] = [];
	const batches: FileRow[][] = [];
	const records = readRecords(
		reader,
		FILE,
		{
			...{ recordType: 'auto', plan: null, remembered: () => new Map<string, ImportMapping>() },
			...asked,
			options: { ...DEFAULT_IMPORT_OPTIONS, ...asked.options },
		},
		{ onPlan: (plan) => plans.push(plan), onTotal: (total) => totals.push(total) },
	);
	for await (const some of records) {
		expect(plans).toHaveLength(1);
		batches.push(some);
	}
	const [plan] = plans;
	if (!plan) throw new Error('the plan was not told');
	return { plan, plans, totals, batches, rows: batches.flat() };
}

const VEHICLES = Array.from({ length: 5_000 }, (_, index) => [`M-AB ${index}`, `${index},5`]);
const vehicles = rowsOf(null, ['plate', 'Odometer'], VEHICLES);

test('the plan is told before the first rows, and another reading with it gives the same without looking first', async () => {
	const { reader } = readerOf(vehicles);
	const first = await read(reader);
	expect(first.plan).toMatchObject({ dialect: DIALECT, source: 'recognised', questions: [] });
	expect(first.plan.lists[0]?.columns[1]).toMatchObject({ decimalMark: 'comma' });
	expect(first.totals).toEqual([VEHICLES.length]);
	expect(first.rows).toHaveLength(VEHICLES.length);

	const again = readerOf(vehicles, 333);
	const asked = { plan: JSON.parse(JSON.stringify(first.plan)) as ImportPlan };
	const second = readRecords(
		again.reader,
		FILE,
		{ recordType: 'auto', options: DEFAULT_IMPORT_OPTIONS, remembered: () => new Map(), ...asked },
		{ onPlan: () => undefined, onTotal: () => undefined },
	);
	await second.next();
	expect(again.given).toEqual({ rows: 333, dialect: DIALECT });
	const rest = await read(readerOf(vehicles, 333).reader, asked);
	expect(rest.rows).toEqual(first.rows);
});

test('few rows are looked at where they are long', async () => {
	const text = 'x'.repeat(1_000_000);
	const long = rowsOf(
		null,
		['plate', 'note'],
		VEHICLES.slice(0, 40).map(([plate]) => [plate, text]),
	);
	const { reader, given } = readerOf(long, 1);
	const records = readRecords(
		reader,
		FILE,
		{ recordType: 'auto', options: DEFAULT_IMPORT_OPTIONS, plan: null, remembered: () => new Map() },
		{ onPlan: () => undefined, onTotal: () => undefined },
	);
	expect(await records.next()).toMatchObject({ done: false });
	expect(given.rows).toBe(20);
});

test('with questions no rows follow; the answer is in the mapping', async () => {
	const dates = rowsOf(null, ['plate', 'Purchase date'], [['M-AB 1', '01/02/2026']]);
	const asking = await read(readerOf(dates).reader);
	expect(asking.plan.questions).toMatchObject([{ column: 'Purchase date', about: 'dateOrder' }]);
	expect(asking.rows).toEqual([]);
	expect((await read(readerOf(dates).reader, { plan: asking.plan })).rows).toEqual([]);
	const mapping: ImportMapping = {
		columns: [],
		others: 'recognise',
		matchBy: 'auto',
		dateOrder: 'monthFirst',
	};
	const answered = await read(readerOf(dates).reader, { plan: asking.plan, options: { mapping } });
	expect(answered.rows).toMatchObject([
		{ ok: true, records: { vehicle: { fields: { attributes: { purchaseDate: '2026-01-02' } } } } },
	]);
});

test('a bad row, of the reader or by its cells, is an error with what stood in it', async () => {
	const error = { row: 9, list: null, column: null, value: null, message: 'The line has 3 cells, not 2' };
	const rows: ReadRow[] = [
		...rowsOf(null, ['plate', 'year'], [['M-AB 1', 'neu']]),
		{ ok: false, error, cells: ['a', 'b', 'c'], columns: ['plate', 'year'] },
	];
	expect((await read(readerOf(rows).reader)).rows).toMatchObject([
		{
			ok: false,
			error: { row: 2, column: 'year', value: 'neu' },
			cells: ['M-AB 1', 'neu'],
			columns: ['plate', 'year'],
		},
		{ ok: false, error, cells: ['a', 'b', 'c'], columns: ['plate', 'year'] },
	]);
});

test('lists and columns that come later are known by their names, and change nothing that was decided', async () => {
	const rows: ReadRow[] = [
		...rowsOf('vehicles', ['plate', 'Odometer'], VEHICLES.slice(0, 2_000)),
		...rowsOf('vehicles', ['plate', 'Modell', 'Odometer'], [['M-AB 9', 'TGX', '1.000,5']]),
		...rowsOf('Kunden', ['Firma', 'E-Mail'], [['Acme', 'a@b.example']]),
		...rowsOf('sheet 3', ['foo'], [['bar']]),
	];
	const { plan, rows: read1 } = await read(readerOf(rows).reader);
	expect(plan.lists.map(({ list }) => list)).toEqual(['vehicles']);
	expect(read1.slice(2_000)).toMatchObject([
		{ records: { vehicle: { fields: { model: 'TGX', attributes: { odometer: 1000.5 } } } } },
		{ records: { kind: 'customers', customer: { fields: { name: 'Acme', email: 'a@b.example' } } } },
		{ ok: false, error: { list: 'sheet 3', message: expect.stringContaining('foo do not tell what') } },
	]);
});

test('objects of one list may differ in their names', async () => {
	const rows = [
		...rowsOf(null, ['plate', 'make'], [['M-AB 1', 'MAN']], false),
		...rowsOf(null, ['make', 'vin'], [['DAF', '1M8GDM9AXKP042788']], false),
		...rowsOf(null, ['plate', 'make'], [['M-AB 3', 'MAN']], false),
	];
	expect((await read(readerOf(rows).reader)).rows).toMatchObject([
		{ records: { vehicle: { key: 'plate', fields: { plate: 'M-AB 1', make: 'MAN' } } } },
		{ records: { vehicle: { key: 'vin', fields: { make: 'DAF' } } } },
		{ records: { vehicle: { key: 'plate', fields: { plate: 'M-AB 3' } } } },
	]);
});

test('a file whose columns tell nothing is unreadable, and an empty one has a plan of nothing', async () => {
	const reader = readerOf(rowsOf(null, ['foo', 'bar'], [['1', '2']])).reader;
	await expect(read(reader)).rejects.toThrow('The columns foo, bar do not tell what the rows are');
	expect(await read(readerOf([]).reader)).toMatchObject({ plan: { lists: [], questions: [] }, rows: [] });
});

test('the mapping of an earlier file with these columns is taken', async () => {
	const mapping: ImportMapping = {
		columns: [{ column: 'Fzg', record: 'vehicle', field: 'externalId' }],
		...{ others: 'attributes', matchBy: 'externalId' },
	};
	const rows = rowsOf(null, ['Fzg', 'Farbe'], [['7', 'rot']]);
	const first = await read(readerOf(rows).reader, { options: { mapping } });
	const [known] = mappingToRemember(first.plan);
	const remembered = (shapes: readonly string[]) =>
		Promise.resolve(
			new Map(shapes.flatMap((shape) => (shape === known?.shape ? [[shape, known.mapping]] : []))),
		);
	const second = await read(readerOf(rows).reader, { remembered });
	expect(second.plan.source).toBe('remembered');
	expect(second.rows).toEqual(first.rows);
});

test('rows that were taken are left out, however the reader parts them', async () => {
	async function* batchesOf(rows: readonly FileRow[], sizes: readonly number[]) {
		let from = 0;
		for (let at = 0; from < rows.length; at++) {
			const size = sizes[at % sizes.length] ?? 1;
			yield await Promise.resolve(rows.slice(from, from + size));
			from += size;
		}
	}
	async function all<T>(from: AsyncIterable<T>): Promise<T[]> {
		const found: T[] = [];
		for await (const one of from) found.push(one);
		return found;
	}
	const { rows } = await read(readerOf(vehicles.slice(0, 60)).reader);
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 }),
			fc.nat({ max: 70 }),
			async (sizes, skip) => {
				const rest = await all(behind(batchesOf(rows, sizes), skip));
				expect(rest.flat()).toEqual(rows.slice(skip));
				expect(rest.every((chunk) => chunk.length > 0)).toBe(true);
			},
		),
		{ numRuns: 100 },
	);
});
