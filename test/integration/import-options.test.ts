import { runImport } from '../../src/app/imports/run-import';
import { cancelImport, resumeImport } from '../../src/app/records/imports';
import { createRule } from '../../src/app/records/rules';
import type { ColumnMapping, ImportMapping } from '../../src/domain/mapping/import-mapping';
import { openImportBench, type ImportBench } from './import-lib';

let bench: ImportBench;
beforeEach(async () => {
	bench = await openImportBench();
});
afterEach(async () => await bench.close());

const mapping = (columns: readonly ColumnMapping[], more: Partial<ImportMapping> = {}): ImportMapping => ({
	...{ columns, others: 'ignore', matchBy: 'auto' },
	...more,
});
const vehicle = (column: string, field: string, more: Partial<ColumnMapping> = {}): ColumnMapping => ({
	...{ column, record: 'vehicle', field },
	...more,
});
const vehicles = async () => await bench.read(async (session) => await session.vehicles.find());
const messages = async (id: number) => (await bench.errors(id)).map(({ row, message }) => [row, message]);

describe('modes', () => {
	beforeEach(async () => {
		await bench.take('known.csv', 'id,name\nT-1,One\n', 'vehicles');
		bench.now += 60_000;
	});
	const CSV = 'id,name\nT-1,Uno\nT-2,Two\n';

	test('create refuses what is there already', async () => {
		const ended = await bench.take('a.csv', CSV, { recordType: 'vehicles', mode: 'create' });
		expect(ended).toMatchObject({ rowsCreated: 1, rowsUpdated: 0, rowsFailed: 1 });
		expect(await messages(ended.id)).toEqual([
			[2, "There is a vehicle with the external id 'T-1' already, and this import only creates"],
		]);
		expect((await vehicles()).map(({ name }) => name)).toEqual(['One', 'Two']);
	});

	test('update refuses what is not there', async () => {
		const ended = await bench.take('a.csv', CSV, { recordType: 'vehicles', mode: 'update' });
		expect(ended).toMatchObject({ rowsCreated: 0, rowsUpdated: 1, rowsFailed: 1 });
		expect(await messages(ended.id)).toEqual([
			[3, "There is no vehicle with the external id 'T-2', and this import only updates"],
		]);
		expect((await vehicles()).map(({ name }) => name)).toEqual(['Uno']);
	});

	test('create or update does both', async () => {
		const ended = await bench.take('a.csv', CSV, 'vehicles');
		expect(ended).toMatchObject({ rowsCreated: 1, rowsUpdated: 1, rowsFailed: 0 });
	});
});

test('each field is overwritten, kept, or filled where it is empty', async () => {
	await bench.take('known.csv', 'id,name,make,depot,colour\nT-1,One,,North,red\n', 'vehicles');
	const columns = [
		vehicle('id', 'externalId'),
		vehicle('name', 'name', { write: 'keep' }),
		vehicle('make', 'make', { write: 'fillEmpty' }),
		vehicle('model', 'model', { write: 'keep' }),
		vehicle('depot', 'attributes.depot', { write: 'fillEmpty' }),
		vehicle('colour', 'attributes.colour', { write: 'overwrite' }),
		vehicle('seats', 'attributes.seats', { write: 'fillEmpty' }),
	];
	const csv =
		'id,name,make,model,depot,colour,seats\nT-1,Uno,MAN,TGX,South,blue,3\nT-2,Two,DAF,XF,West,green,2\n';
	await bench.take('a.csv', csv, { recordType: 'vehicles', mapping: mapping(columns) });
	expect(await vehicles()).toMatchObject([
		{ name: 'One', make: 'MAN', model: null, attributes: { depot: 'North', colour: 'blue', seats: 3 } },
		{ name: 'Two', make: 'DAF', model: 'XF', attributes: { depot: 'West', colour: 'green', seats: 2 } },
	]);
});

test.each([
	['vin', { vin: '1M8GDM9AXKP042788' }],
	['plate', { plate: 'A 1' }],
	['externalId', { externalId: 'T-1' }],
] as const)(
	'vehicles are recognised by %s when that is chosen, and their other keys change',
	async (key, own) => {
		const known = { vin: '1M8GDM9AXKP042788', plate: 'A 1', externalId: 'T-1' };
		const other = { vin: '1FUJGLDR5CLBP8834', plate: 'B 2', externalId: 'T-2' };
		await bench.take('known.json', JSON.stringify({ vehicles: [known] }));
		const given = { ...other, ...own };
		const columns = (['vin', 'plate', 'externalId'] as const).map((name) => vehicle(name, name));
		const ended = await bench.take('a.json', JSON.stringify({ vehicles: [given] }), {
			mapping: mapping(columns, { matchBy: key }),
		});
		expect(ended).toMatchObject({ rowsUpdated: 1, rowsCreated: 0, rowsFailed: 0 });
		expect(await vehicles()).toMatchObject([given]);
	},
);

test('one row brings a vehicle, its customer and its first status', async () => {
	const csv = [
		'Kennzeichen;Kundennummer;Firma;Zeit;Tacho (mi);Farbe',
		'M-AB 1;C-1;Acme;2026-02-01 10:00;1.000,5;rot',
		'M-AB 2;C-1;Acme;2026-02-01 10:00;2.000,5;blau',
	].join('\n');
	const columns: ColumnMapping[] = [
		vehicle('Kennzeichen', 'plate'),
		vehicle('Farbe', 'attributes.colour'),
		{ column: 'Kundennummer', record: 'customer', field: 'externalId' },
		{ column: 'Firma', record: 'customer', field: 'name' },
		{ column: 'Zeit', record: 'status', field: 'reportedAt' },
		{ column: 'Tacho (mi)', record: 'status', field: 'attributes.odometer', unit: 'mi' },
	];
	const ended = await bench.take('a.csv', csv, {
		...{ recordType: 'vehicles', mapping: mapping(columns, { timeZone: 'Europe/Berlin' }) },
	});
	expect(await bench.errors(ended.id)).toEqual([]);
	expect(ended).toMatchObject({ state: 'done', rowsCreated: 2 });
	await bench.read(async (session) => {
		const customers = await session.customers.find();
		expect(customers).toMatchObject([{ externalId: 'C-1', name: 'Acme' }]);
		const [one, two] = await session.vehicles.find();
		expect([one?.customerId, two?.customerId]).toEqual([customers[0]?.id, customers[0]?.id]);
		const [status] = (await session.statuses.current([one?.id ?? 0])).values();
		expect(status?.reportedAt).toBe(Date.UTC(2026, 1, 1, 9));
		expect(status?.attributes.odometer).toBeCloseTo(1000.5 * 1.609344, 6);
	});
});

test('a mapping that was given is remembered for the next file of the same columns', async () => {
	const columns = [vehicle('Nr', 'externalId'), vehicle('Standort', 'attributes.depot')];
	const [first, second] = ['Nr,Standort\nT-1,North\n', 'Nr,Standort\nT-2,South\n'];
	await bench.take('a.csv', first, { recordType: 'vehicles', mapping: mapping(columns) });
	const ended = await bench.take('b.csv', second, 'vehicles');
	expect(ended.plan).toMatchObject({ source: 'remembered', lists: [{ columns }] });
	expect(await vehicles()).toMatchObject([
		{ externalId: 'T-1', attributes: { depot: 'North' } },
		{ externalId: 'T-2', attributes: { depot: 'South' } },
	]);
	const other = await bench.take('c.csv', 'Nr,Depot\nT-3,West\n', 'vehicles');
	expect(other.plan).toMatchObject({ source: 'recognised' });
});

describe('many bad rows', () => {
	const rows = (bad: number, count = 1_500) =>
		`vin,name\n${Array.from({ length: count }, (_, i) => (i < bad ? `short${i},x` : `WDB${String(i).padStart(14, '0')},x`)).join('\n')}\n`;

	test('over 20 % of the first 1,000: nothing is taken, and the errors are there', async () => {
		const ended = await bench.take('a.csv', rows(201), 'vehicles');
		expect(ended).toMatchObject({ state: 'failed', rowsCreated: 0 });
		expect(ended.error).toMatch(/^201 of the first 1000 rows are bad \(20 %\)/);
		expect(await bench.errors(ended.id)).toHaveLength(201);
		expect(await vehicles()).toEqual([]);

		await resumeImport(bench.deps.fleet, { id: ended.id }, { maxBadShare: 0.5 });
		const again = await runImport(bench.deps, { id: ended.id });
		expect(again).toMatchObject({ state: 'done', rowsDone: 1_500, rowsCreated: 1_299, rowsFailed: 201 });
		expect(await bench.errors(ended.id)).toHaveLength(201);
	});

	test('just 20 %, or few rows: the good ones go in', async () => {
		expect(await bench.take('a.csv', rows(200), 'vehicles')).toMatchObject({
			state: 'done',
			rowsFailed: 200,
		});
		expect(await bench.take('b.csv', rows(30, 40), 'vehicles')).toMatchObject({
			state: 'done',
			rowsFailed: 30,
		});
	});
});

test('a question is asked before anything is taken, answered, and the import goes on with the answer', async () => {
	const csv = 'id,First registration\nT-1,03/04/2021\nT-2,05/06/2021\n';
	const ended = await bench.take('a.csv', csv, 'vehicles');
	expect(ended).toMatchObject({ state: 'failed', rowsDone: 0 });
	expect(ended.error).toBe(
		"Nothing was taken: column 'First registration' has '03/04/2021', '05/06/2021', which may be day first or month first. " +
			"Choose 'Dates are written' and resume the import",
	);
	const answer = mapping([], { others: 'recognise', dateOrder: 'monthFirst' });
	await resumeImport(bench.deps.fleet, { id: ended.id }, { mapping: answer });
	const again = await runImport(bench.deps, { id: ended.id });
	expect(again).toMatchObject({ state: 'done', rowsCreated: 2, error: null });
	const registered = async () => (await vehicles()).map(({ attributes }) => attributes.firstRegistration);
	expect(await registered()).toEqual(['2021-03-04', '2021-05-06']);

	const next = await bench.take('b.csv', 'id,First registration\nT-3,07/08/2021\n', 'vehicles');
	expect(next).toMatchObject({ state: 'done', plan: { source: 'remembered' } });
	expect((await registered()).at(-1)).toBe('2021-07-08');
});

test('a cancelled import keeps what it has taken, takes no more, and goes on when it is resumed', async () => {
	const lines = Array.from({ length: 30_000 }, (_, index) => `T-${index},Box ${index}`);
	const csv = `id,name\n${lines.join('\n')}\n`;
	const waiting = await bench.create('a.csv', csv, 'vehicles');
	expect(await cancelImport(bench.deps.fleet, { id: waiting.id })).toMatchObject({ state: 'canceled' });
	expect(await runImport(bench.deps, { id: waiting.id })).toBeNull();

	const { id } = await bench.create('b.csv', csv, 'vehicles');
	const running = runImport({ ...bench.deps, transactionMs: 0 }, { id });
	while ((await bench.read(async ({ imports }) => await imports.get(id)))?.rowsDone === 0) {
		await new Promise((resolve) => setTimeout(resolve, 1));
	}
	await cancelImport(bench.deps.fleet, { id });
	const canceled = await running;
	expect(canceled?.state).toBe('canceled');
	expect(canceled?.rowsDone).toBeLessThan(30_000);
	expect(await bench.read(async (session) => await session.vehicles.count())).toBe(canceled?.rowsDone);
	await expect(cancelImport(bench.deps.fleet, { id })).rejects.toThrow(/canceled/);

	await resumeImport(bench.deps.fleet, { id });
	expect(await runImport(bench.deps, { id })).toMatchObject({ state: 'done', rowsCreated: 30_000 });
});

test('a preview tells which rules would fire how often, and neither fires them nor writes anything', async () => {
	await bench.take('known.csv', 'id\nT-1\nT-2\n', 'vehicles');
	await createRule(bench.deps.fleet, {
		name: 'Too fast',
		pattern: { attribute: 'speed', operator: 'gt', value: 100 },
		actions: [{ type: 'storeLog', message: 'fast' }],
	});
	const report = (of: string, day: number, speed: number) => ({
		...{ vehicle: of, reportedAt: `2026-02-0${day}T00:00:00Z`, speed },
	});
	const statuses = [
		report('T-1', 1, 120),
		report('T-1', 2, 50),
		report('T-1', 3, 130),
		report('T-2', 1, 140),
	];
	const file = JSON.stringify({ statuses });
	const preview = await bench.preview('a.json', file);
	expect(preview).toMatchObject({ rowsToCreate: 4, firings: [{ rule: 'Too fast', fired: 3 }] });
	const fired = async () => await bench.read(async ({ firings }) => (await firings.find()).length);
	expect(await fired()).toBe(0);
	await bench.take('a.json', file);
	expect(await fired()).toBe(3);
});
