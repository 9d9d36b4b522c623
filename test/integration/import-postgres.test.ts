import { openStore } from '../../src/adapters/store/open-store';
import { describeWith, startPostgres, type PostgresService } from '../lib/services/postgres';
import { exampleFiles, openImportBench, type ImportBench } from './import-lib';

describeWith('postgres', 'imports into PostgreSQL', () => {
	let server: PostgresService;
	let bench: ImportBench;
	beforeAll(async () => {
		server = await startPostgres();
		bench = await openImportBench(await openStore({ kind: 'postgres', url: server.url }));
	});
	afterAll(async () => {
		await bench.close();
		await server.stop();
	});

	test('a clash breaks off a transaction there, and still fails one row only', async () => {
		const file = await exampleFiles(bench.dir, 300);
		const lines = (await file('vehicles.csv')).trim().split('\n');
		const plateOf = (line: string) => line.split(',')[1] ?? '';
		const other = plateOf(lines[5] ?? '');
		lines[200] = (lines[200] ?? '').replace(plateOf(lines[200] ?? ''), other);
		const ended = await bench.take('vehicles.csv', lines.join('\n'));
		expect(ended).toMatchObject({ state: 'done', rowsDone: 300, rowsCreated: 299, rowsFailed: 1 });
		expect(await bench.errors(ended.id)).toMatchObject([{ row: 201, column: 'License plate', value: other }]);
	});

	test('customers, tasks and status messages go in', async () => {
		const file = await exampleFiles(bench.dir, 300);
		const { customers, statuses } = JSON.parse(await file('fleet.json')) as Record<string, object[]>;
		const plate = (await file('vehicles.csv')).split('\n')[1]?.split(',')[1];
		const tasks = [{ title: 'Wash', vehicle: plate, customer: 'C-0001', dueAt: '2026-03-02' }];
		const ended = await bench.take('all.json', JSON.stringify({ customers, tasks, statuses }));
		// Ten messages are of the vehicle that the clash kept out.
		expect(ended).toMatchObject({ state: 'done', rowsDone: 2_051, rowsCreated: 2_041, rowsFailed: 10 });
		expect(await bench.read(async (session) => await session.tasks.count())).toBe(1);
	});
});
