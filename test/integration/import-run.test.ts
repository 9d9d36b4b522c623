import { runImport } from '../../src/app/imports/run-import';
import { exampleFiles, openImportBench, type ImportBench } from './import-lib';

let bench: ImportBench;
beforeEach(async () => {
	bench = await openImportBench();
});
afterEach(async () => await bench.close());

test('the example fleet goes in whole: vehicles from CSV, customers and status messages from JSON', async () => {
	const file = await exampleFiles(bench.dir);
	const vehicles = await bench.take('vehicles.csv', await file('vehicles.csv'));
	expect(vehicles).toMatchObject({ state: 'done', rowsDone: 1_000, rowsCreated: 1_000, rowsFailed: 0 });
	const fleet = await bench.take('fleet.json', await file('fleet.json'));
	expect(fleet).toMatchObject({ state: 'done', rowsDone: 2_050, rowsCreated: 2_050, rowsFailed: 0 });

	const [, line = ''] = (await file('vehicles.csv')).split('\n');
	const [vin = '', plate, make, model, year, fuelType, tankSizeLitres, firstRegistration] = line.split(',');
	await bench.read(async (session) => {
		expect(await session.vehicles.count()).toBe(1_000);
		expect(await session.customers.count()).toBe(50);
		const vehicle = (await session.vehicles.findByKeys([vin])).get(vin);
		expect(vehicle).toMatchObject({
			...{ vin, plate, make, model, year: Number(year), externalId: null, customerId: null },
			attributes: { fuelType, tankSize: Number(tankSizeLitres), firstRegistration },
		});
		const history = await session.statuses.history(vehicle?.id ?? 0, { limit: 100 });
		expect(history).toHaveLength(10);
		expect(history[0]).toMatchObject({ feed: 'import', attributes: { ignition: true } });
		expect((await session.statuses.current([vehicle?.id ?? 0])).get(vehicle?.id ?? 0)?.reportedAt).toBe(
			history[0]?.reportedAt,
		);
	});

	const again = await bench.take('vehicles.csv', await file('vehicles.csv'));
	expect(again).toMatchObject({
		state: 'done',
		rowsCreated: 0,
		rowsUpdated: 0,
		rowsUnchanged: 1_000,
		rowsFailed: 0,
	});
	await bench.take('fleet.json', await file('fleet.json'));
	await bench.read(async (session) => {
		expect(await session.vehicles.count()).toBe(1_000);
		expect(await session.customers.count()).toBe(50);
		const vehicle = (await session.vehicles.findByKeys([vin])).get(vin);
		expect(await session.statuses.history(vehicle?.id ?? 0, { limit: 100 })).toHaveLength(10);
	});
});

test('every kind of mistake is an error with its row, column and value, and the good rest goes in', async () => {
	const file = await exampleFiles(bench.dir, 1);
	const ended = await bench.take('broken.csv', await file('broken.csv'));
	expect(ended).toMatchObject({ state: 'done', rowsDone: 24, rowsCreated: 20, rowsFailed: 4, error: null });
	expect(await bench.errors(ended.id)).toEqual([
		{
			row: 4,
			list: null,
			column: 'VIN',
			value: null,
			message: expect.stringContaining('The VIN is missing'),
		},
		{
			...{ row: 8, list: null, column: 'VIN', value: '1FU9XZ2N1HT100000' },
			message: "The VIN '1FU9XZ2N1HT100000' stands in row 2 already",
		},
		{
			...{ row: 12, list: null, column: 'First registration', value: '31.02.2021' },
			message: expect.stringMatching(
				/^'31\.02\.2021' is no date .*write it as yyyy-mm-dd, e\.g\. 2021-03-31$/,
			),
		},
		{
			...{ row: 16, list: null, column: null, value: null },
			message: 'The row has 7 cells where the header has 8 columns',
		},
	]);
	expect(await bench.read(async ({ vehicles }) => await vehicles.count())).toBe(20);
});

test('a file that cannot be read ends as failed, with why', async () => {
	const file = await exampleFiles(bench.dir, 1);
	const ended = await bench.take('not-json.json', await file('not-json.json'));
	expect(ended).toMatchObject({ state: 'failed', rowsDone: 0, endedAt: bench.now });
	expect(ended.error).toMatch(
		/The file is no JSON: it breaks off at line 5, column 1: expected '}' or ']'\. Mend/,
	);
	const twice = await bench.take('a.csv', 'VIN,VIN\n1,2\n');
	expect(twice).toMatchObject({
		state: 'failed',
		error: expect.stringContaining("names 'VIN' more than once"),
	});
	const unclear = await bench.take('a.csv', 'foo,bar\n1,2\n');
	expect(unclear).toMatchObject({ state: 'failed', error: expect.stringContaining('foo, bar do not tell') });
	await bench.blobs.remove((await bench.create('b.csv', 'VIN\n1\n')).blobKey);
	expect(await runImport(bench.deps)).toMatchObject({
		state: 'failed',
		error: expect.stringContaining('gone'),
	});
	expect(await runImport(bench.deps)).toBeNull();
});

test('a vehicle is attached to the customer that its row names, and refused when there is none', async () => {
	await bench.take(
		'kunden.csv',
		'Kundennummer;Firma;E-Mail\nK-1;Müller GmbH;info@mueller.example\n',
		'customers',
	);
	const csv =
		'FIN;Kennzeichen;Kunde;Erstzulassung\n1M8GDM9AXKP042788;m-ab  12;K-1;3.4.2020\nWVWZZZ1JZXW000001;;K-2;\n';
	const ended = await bench.take('fahrzeuge.csv', csv);
	expect(ended).toMatchObject({ state: 'done', rowsCreated: 1, rowsFailed: 1 });
	expect(await bench.errors(ended.id)).toMatchObject([{ row: 3, column: 'Kunde', value: 'K-2' }]);
	await bench.read(async ({ vehicles, customers }) => {
		const [customer] = await customers.find();
		const [vehicle] = await vehicles.find();
		expect(customer).toMatchObject({ externalId: 'K-1', name: 'Müller GmbH', email: 'info@mueller.example' });
		expect(vehicle).toMatchObject({
			...{ plate: 'M-AB 12', customerId: customer?.id, attributes: { firstRegistration: '2020-04-03' } },
		});
		expect(await vehicles.attachments(vehicle?.id ?? 0)).toHaveLength(1);
	});
});

test('a clash with another vehicle fails the row that clashes and no other', async () => {
	await bench.take('first.csv', 'id,plate\nT-1,M-AB 1\n', 'vehicles');
	const rows = Array.from({ length: 600 }, (_, index) => `N-${index},M-XY ${index}`);
	rows[123] = 'N-123,M-AB 1';
	rows[400] = 'N-400,M-XY 7';
	const ended = await bench.take('second.csv', `id,plate\n${rows.join('\n')}\n`, 'vehicles');
	expect(ended).toMatchObject({ state: 'done', rowsDone: 600, rowsCreated: 598, rowsFailed: 2 });
	expect(await bench.errors(ended.id)).toMatchObject([
		{ row: 125, column: 'plate', value: 'M-AB 1', message: expect.stringContaining('already has the plate') },
		{ row: 402, column: 'plate', value: 'M-XY 7' },
	]);
});

test('tasks and status messages refer to vehicles of the same file', async () => {
	const file = {
		statuses: [
			{
				vin: '1M8GDM9AXKP042788',
				timestamp: '2026-02-28T10:00:00Z',
				position: { latitude: 99.45, longitude: 1 },
			},
			{ vin: '1M8GDM9AXKP042788', timestamp: '2027-02-28T10:00:00Z', speed: 3 },
			{ vin: '1M8GDM9AXKP042788', timestamp: '2026-02-28T10:00:00Z', speed: 50 },
			{ vehicle: 'nobody', timestamp: '2026-02-28T10:00:00Z', speed: 50 },
		],
		tasks: [
			{ title: 'Refuel', vehicle: 'M-AB 12', dueAt: '2026-03-02' },
			{ title: 'Wash', vehicle: 'M-AB 13' },
		],
		vehicles: [{ vin: '1M8GDM9AXKP042788', plate: 'M-AB 12', customer: 'C-1', attributes: { seats: 2 } }],
		customers: [{ externalId: 'C-1', name: 'Acme' }],
	};
	const ended = await bench.take('all.json', JSON.stringify(file));
	expect(ended).toMatchObject({ state: 'done', rowsDone: 8, rowsCreated: 4, rowsFailed: 4 });
	const errors = await bench.errors(ended.id);
	expect(errors.map(({ row, list, column, value }) => [list, row, column, value]).sort()).toEqual([
		['statuses', 1, 'position', expect.stringContaining('99.45')],
		['statuses', 2, 'timestamp', '2027-02-28T10:00:00Z'],
		['statuses', 4, 'vehicle', 'nobody'],
		['tasks', 2, 'vehicle', 'M-AB 13'],
	]);
	await bench.read(async ({ tasks, statuses, quarantine }) => {
		expect(await tasks.find()).toMatchObject([
			{ title: 'Refuel', vehicleId: 1, dueAt: Date.UTC(2026, 2, 2) },
		]);
		expect((await statuses.current([1])).get(1)?.attributes).toEqual({ speed: 50 });
		expect(await quarantine.find({ limit: 10, offset: 0 })).toEqual([]);
	});
});
