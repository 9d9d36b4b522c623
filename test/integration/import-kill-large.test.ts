import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { seededRandom } from '../../bench/lib/random';
import { writeVehicleCsv } from '../../bench/lib/import/vehicle-files';
import { openStore } from '../../src/adapters/store/open-store';
import type { StoreOptions } from '../../src/adapters/store/store-options';
import type { StoreSession } from '../../src/app/ports/store';
import { describeWith, startPostgres, type PostgresService } from '../lib/services/postgres';
import { buildImporter, importUnderKills } from './import-killing';
import { type ImportBench, openImportBench } from './import-lib';

const ROWS = 200_000;
const KILLS = 50;
const PAGE = 20_000;

/** Of all that the import brought, in the order of the VINs, without ids and times. */
async function contentHash({ vehicles, imports }: StoreSession, importId: number): Promise<string> {
	const hash = createHash('sha256');
	for (let offset = 0; ; offset += PAGE) {
		const page = await vehicles.find({ orderBy: 'vin', limit: PAGE, offset });
		for (const { id: _, createdAt: __, updatedAt: ___, ...fields } of page)
			hash.update(JSON.stringify(fields));
		if (page.length < PAGE) break;
	}
	hash.update(JSON.stringify(await imports.errors(importId, { limit: ROWS, offset: 0 })));
	return hash.digest('hex');
}

/** Vehicles of twelve columns; every thousandth row has a mistake, and some repeat the VIN of a row far above. */
async function largeFile(bench: ImportBench): Promise<string> {
	const path = join(bench.dir, 'large.csv');
	await writeVehicleCsv(path, ROWS);
	const lines = (await readFile(path, 'utf8')).split('\n');
	for (let row = 1_000; row < ROWS; row += 1_000) {
		const vin = row % 3_000 === 0 ? lines[row / 2]?.slice(0, 17) : 'WDB0000000000000I';
		lines[row] = `${vin}${lines[row]?.slice(17)}`;
	}
	return lines.join('\n');
}

async function outcome(bench: ImportBench, id: number) {
	return await bench.read(async (session) => {
		const entry = await session.imports.get(id);
		const { state, rowsDone, rowsCreated, rowsUpdated, rowsUnchanged, rowsFailed } = entry ?? {};
		const counts = { state, rowsDone, rowsCreated, rowsUpdated, rowsUnchanged, rowsFailed };
		const vehicles = await session.vehicles.count();
		return { ...counts, vehicles, hash: await contentHash(session, id) };
	});
}

async function survivesKills(options: (dir: string) => StoreOptions, seed: number): Promise<void> {
	const unkilled = await openImportBench();
	const { id: whole } = await unkilled.take('large.csv', await largeFile(unkilled), 'vehicles');
	const expected = await outcome(unkilled, whole);
	expect(expected).toMatchObject({ state: 'done', rowsDone: ROWS, rowsCreated: ROWS - 199, rowsFailed: 199 });

	const dirOnly = await openImportBench();
	const store = options(dirOnly.dir);
	const killed = await openImportBench(await openStore(store));
	const { id } = await killed.create('large.csv', await largeFile(killed), 'vehicles');
	const kills = await importUnderKills(killed, id, {
		...{ importer: buildImporter(), store, transactionMs: 50, kills: KILLS },
		random: seededRandom(seed),
	});
	expect(kills).toBe(KILLS);
	expect(await outcome(killed, id)).toEqual(expected);
	for (const bench of [unkilled, killed, dirOnly]) await bench.close();
}

test('SQLite: killed fifty times, every row is there once, with the very content', async () => {
	await survivesKills((dir) => ({ kind: 'sqlite', path: join(dir, 'killed.sqlite') }), 11);
}, 600_000);

describeWith('postgres', 'imports into PostgreSQL that are killed', () => {
	let server: PostgresService;
	beforeAll(async () => {
		server = await startPostgres();
	});
	afterAll(async () => await server.stop());

	test('killed fifty times, every row is there once, with the very content', async () => {
		await survivesKills(() => ({ kind: 'postgres', url: server.url }), 12);
	}, 600_000);
});
