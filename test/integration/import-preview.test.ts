import { exampleFiles, openImportBench, type ImportBench } from './import-lib';

let bench: ImportBench;
beforeEach(async () => {
	bench = await openImportBench();
});
afterEach(async () => await bench.close());

test('shows rows, mapping and errors as the import will have them, and writes nothing', async () => {
	const file = await exampleFiles(bench.dir, 3);
	const [header, one = '', two] = (await file('broken.csv')).split('\n');
	await bench.take('vehicles.csv', [header, one.replace('2017,', '2016,'), two].join('\n'));
	const preview = await bench.preview('broken.csv', await file('broken.csv'));
	expect(preview).toMatchObject({
		...{ rowsToCreate: 18, rowsToUpdate: 1, rowsUnchanged: 1, rowsToFail: 4 },
		...{ rowsRead: 24, isWholeFile: true, firings: [] },
	});
	expect(preview.plan?.lists).toMatchObject([{ list: null, kind: 'vehicles' }]);
	expect(preview.plan?.lists[0]?.columns.map(({ column, record, field }) => [column, record, field])).toEqual(
		[
			['VIN', 'vehicle', 'vin'],
			['License plate', 'vehicle', 'plate'],
			['Make', 'vehicle', 'make'],
			['Model', 'vehicle', 'model'],
			['Year', 'vehicle', 'year'],
			['Fuel type', 'vehicle', 'attributes.fuelType'],
			['Tank size litres', 'vehicle', 'attributes.tankSize'],
			['First registration', 'vehicle', 'attributes.firstRegistration'],
		],
	);
	expect(await bench.read(async ({ vehicles }) => await vehicles.count())).toBe(2);
	expect(await bench.read(async ({ imports }) => await imports.count())).toBe(1);

	const ended = await bench.take('broken.csv', await file('broken.csv'));
	expect(ended).toMatchObject({ rowsCreated: 18, rowsUpdated: 1, rowsUnchanged: 1, rowsFailed: 4 });
	expect(await bench.errors(ended.id)).toEqual(preview.errors);
});

test('foresees clashes and references, within the file too', async () => {
	await bench.take('first.csv', 'id,plate\nT-1,M-AB 1\n', 'vehicles');
	const content = JSON.stringify({
		customers: [{ externalId: 'C-1', name: 'Acme' }, { externalId: 'C-9' }],
		vehicles: [
			{ externalId: 'T-1', make: 'MAN' },
			{ externalId: 'T-2', plate: 'm-ab 1' },
			{ externalId: 'T-3', plate: 'M-AB 3', customer: 'C-1' },
			{ externalId: 'T-4', plate: 'M-AB 3' },
			{ externalId: 'T-5', customer: 'C-2' },
		],
		tasks: [
			{ title: 'Wash', vehicle: 'm-ab 3', customer: 'C-1' },
			{ title: 'Wash', vehicle: 'T-7' },
		],
		statuses: [
			{ vehicle: 'T-3', reportedAt: '2026-02-01T00:00:00Z', speed: 1 },
			{ vehicle: 'T-7', reportedAt: '2026-02-01T00:00:00Z', speed: 1 },
		],
	});
	const preview = await bench.preview('all.json', content);
	expect(preview).toMatchObject({ rowsToCreate: 4, rowsToUpdate: 1, rowsToFail: 6 });
	const ended = await bench.take('all.json', content);
	expect(ended).toMatchObject({ rowsCreated: 4, rowsUpdated: 1, rowsFailed: 6 });
	const byPlace = (a: { row: number; list: string | null }, b: typeof a) =>
		`${a.list} ${a.row}`.localeCompare(`${b.list} ${b.row}`);
	expect([...(await bench.errors(ended.id))].sort(byPlace)).toEqual([...preview.errors].sort(byPlace));
});

test('names the customers that vehicles had and get', async () => {
	const of = (customer: string) => JSON.stringify({ vehicles: [{ externalId: 'T-1', customer }] });
	await bench.take('c.json', JSON.stringify({ customers: [{ name: 'Acme' }, { name: 'Beta' }] }));
	const customer = (before: string | null, after: string) => [
		{ record: 'vehicle', field: 'customer', before, after },
	];
	const made = await bench.preview('a.json', of('Acme'));
	expect(made.rows[0]?.changes.slice(-1)).toEqual(customer(null, 'Acme'));
	await bench.take('a.json', of('Acme'));
	expect((await bench.preview('b.json', of('Beta'))).rows[0]?.changes).toEqual(customer('Acme', 'Beta'));
});

test('a file that cannot be read is refused', async () => {
	await expect(bench.preview('a.json', '{"vehicles": [')).rejects.toThrow('The file is no JSON');
});
