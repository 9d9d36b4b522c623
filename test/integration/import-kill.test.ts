import { join } from 'node:path';
import type { StoreSession } from '../../src/app/ports/store';
import { seededRandom } from '../../bench/lib/random';
import { buildImporter, importUnderKills } from './import-killing';
import { exampleFiles, openImportBench, type ImportBench } from './import-lib';

const benches: ImportBench[] = [];
afterAll(async () => {
	for (const bench of benches) await bench.close();
});

async function open(): Promise<ImportBench> {
	const bench = await openImportBench();
	benches.push(bench);
	bench.now = Date.now();
	return bench;
}

/** All that the import brought, without the times at which it did. */
async function contents(session: StoreSession) {
	const without = <T extends object>(records: T[], ...names: (keyof T)[]) =>
		records.map((record) =>
			Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name as keyof T))),
		);
	const [entry] = await session.imports.find();
	if (!entry) throw new Error('no import');
	const vehicles = await session.vehicles.find({ limit: 100_000 });
	const last = vehicles.at(-1)?.id ?? 0;
	return {
		import: without([entry], 'createdAt', 'startedAt', 'endedAt', 'blobKey', 'rowsPerSecond'),
		errors: await session.imports.errors(entry.id, { limit: 10_000, offset: 0 }),
		vehicles: without(vehicles, 'createdAt', 'updatedAt'),
		customers: without(await session.customers.find({ limit: 1_000 }), 'createdAt', 'updatedAt'),
		tasks: without(await session.tasks.find({ limit: 10_000 }), 'createdAt', 'updatedAt'),
		history: (await session.statuses.history(last, { limit: 100 })).map(({ reportedAt }) => reportedAt),
	};
}

/** One file with all kinds of records, good and bad, in which rows of one kind refer to those of another. */
async function everything(bench: ImportBench): Promise<string> {
	const file = await exampleFiles(bench.dir, 3_000);
	const rows = (await file('vehicles.csv')).trim().split('\n').slice(1);
	const vehicles = rows.map((line, index) => {
		const [vin, plate, make] = line.split(',');
		const mistake = index % 700 === 5 ? { year: 'soon' } : index % 900 === 7 ? { customer: 'nobody' } : {};
		return {
			vin: index % 1_100 === 9 ? rows[0]?.slice(0, 17) : vin,
			plate,
			make,
			customer: 'C-0001',
			...mistake,
		};
	});
	const tasks = vehicles
		.slice(0, 1_000)
		.map(({ plate }, index) => ({ title: `Check ${index}`, vehicle: plate }));
	const { customers, statuses } = JSON.parse(await file('fleet.json')) as Record<string, object[]>;
	return JSON.stringify({ vehicles, tasks, customers, statuses });
}

test('an import of all kinds of records that is killed goes on and ends as if it never had been', async () => {
	const [unkilled, killed] = [await open(), await open()];
	const file = await everything(unkilled);
	const expected = await unkilled.take('all.json', file);
	expect(expected).toMatchObject({ state: 'done', rowsDone: 6_050 });
	const { id } = await killed.create('all.json', file);
	const kills = await importUnderKills(killed, id, {
		importer: buildImporter(),
		store: { kind: 'sqlite', path: join(killed.dir, 'fleet.sqlite') },
		...{ transactionMs: 0, kills: 3, random: seededRandom(7) },
	});
	expect(kills).toBe(3);
	expect(await killed.read(contents)).toEqual(await unkilled.read(contents));
});
