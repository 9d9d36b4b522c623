import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { MIGRATIONS } from '../../src/adapters/store/migrations';
import { checkStore, openStore, type StoreOptions } from '../../src/adapters/store/open-store';
import { openPostgres } from '../../src/adapters/store/postgres-engine';
import { openSqlite } from '../../src/adapters/store/sqlite-engine';
import { duplicateFrom, VEHICLE_KEYS } from '../../src/adapters/store/unique-keys';
import { DuplicateRecordError, StoreUnavailableError } from '../../src/app/errors';
import { freePort } from '../lib/services/child-service';
import { describeWith, type PostgresService, startPostgres } from '../lib/services/postgres';
import { AT, vehicleFields } from './store/samples';
import { describeStores } from './store/stores';

async function refusal(options: StoreOptions): Promise<{ message: string; hint: string }> {
	const error: unknown = await openStore(options).catch((reason: unknown) => reason);
	if (!(error instanceof StoreUnavailableError)) throw new Error(`Not refused as expected: ${String(error)}`);
	return error;
}

describe('opening a SQLite store', () => {
	let dir = '';
	beforeEach(async () => {
		dir = await mkdtemp(join(tmpdir(), 'fleet-store-'));
	});
	afterEach(async () => await rm(dir, { recursive: true }));

	it('makes file and folder, with rows that anybody can read', async () => {
		const path = join(dir, 'a', 'b', 'fleet.sqlite');
		const store = await openStore({ kind: 'sqlite', path });
		await store.write(({ vehicles }) => vehicles.create(vehicleFields({ plate: 'KI FL 1' }), AT));
		await store.close();
		const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
		const plain = new DatabaseSync(path);
		expect(plain.prepare('SELECT plate FROM vehicle').get()).toEqual({ plate: 'KI FL 1' });
		expect(plain.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
		plain.close();
		expect((await readFile(path)).subarray(0, 15).toString()).toBe('SQLite format 3');
	});

	it('says that the folder cannot be made', async () => {
		await writeFile(join(dir, 'file'), '');
		const { message, hint } = await refusal({ kind: 'sqlite', path: join(dir, 'file', 'fleet.sqlite') });
		expect(message).toContain('cannot be made or written to');
		expect(hint).toContain('Choose a folder');
	});

	it('says that the path is a folder', async () => {
		await mkdir(join(dir, 'fleet.sqlite'));
		const { message } = await refusal({ kind: 'sqlite', path: join(dir, 'fleet.sqlite') });
		expect(message).toContain('cannot be opened for writing');
	});

	it('says that the file is no database, and leaves it alone', async () => {
		const path = join(dir, 'fleet.sqlite');
		await writeFile(path, 'vin,plate\n'.repeat(500));
		const { message, hint } = await refusal({ kind: 'sqlite', path });
		expect(message).toBe(`${path} is not a SQLite database`);
		expect(hint).toContain('does not exist yet');
		expect(await readFile(path, 'utf8')).toBe('vin,plate\n'.repeat(500));
	});
});

describeWith('postgres', 'opening a PostgreSQL store', () => {
	let server: PostgresService;
	beforeAll(async () => {
		server = await startPostgres();
	});
	afterAll(async () => await server.stop());
	const options = (changes: object) => ({
		...{ kind: 'postgres' as const, host: server.host, port: server.port, database: server.database },
		...{ user: server.user, password: server.password, ...changes },
	});

	it.each([
		['a wrong password', { password: 'wrong' }, 'refuses the user or the password', 'password'],
		['no such database', { database: 'nowhere' }, 'there is no such database', 'createdb'],
		['no TLS', { ssl: true }, 'does not speak TLS', 'TLS'],
	])('says: %s', async (_title, changes, problem, mending) => {
		const { message, hint } = await refusal(options(changes));
		expect(message).toContain(problem);
		expect(message).not.toContain(server.password);
		expect(hint).toContain(mending);
	});

	it('says that nobody answers, or that the host is not known', async () => {
		const refused = await refusal(options({ port: await freePort() }));
		expect(refused.message).toContain('does not answer');
		const unknown = await refusal({ kind: 'postgres', url: 'postgres://u:secret@fleet.invalid/db' });
		expect(unknown.message).toBe(
			'PostgreSQL at fleet.invalid:5432/db was not found: nobody knows that host name',
		);
	});

	it('says that other tables of the same name are there, and leaves them alone', async () => {
		const store = await openStore(options({ schema: 'own' }));
		await store.database.write((query) => query('CREATE TABLE public.customer (name text)'));
		await store.close();
		const { message, hint } = await refusal(options({}));
		expect(message).toContain('already has other tables');
		expect(hint).toContain('schema of its own');
	});

	it('comes back when the server has cut it off', async () => {
		const store = await openStore(options({ schema: 'cut' }));
		const cutOff = store.database.write((query) => query('SELECT pg_terminate_backend(pg_backend_pid())'));
		await expect(cutOff).rejects.toThrow(StoreUnavailableError);
		await store.write(({ vehicles }) => vehicles.create(vehicleFields({ vin: 'V' }), AT));
		expect(await store.read(({ vehicles }) => vehicles.count())).toBe(1);
		await store.close();
	});
});

describeStores('a store that is there', (use) => {
	it('is described in one sentence, without its password', async () => {
		const { store, options } = use();
		await store.write(({ vehicles }) => vehicles.create(vehicleFields({ vin: 'V' }), AT));
		const sentence = await checkStore(options);
		expect(sentence).toMatch(/^Connected to (the SQLite file|PostgreSQL at) .*: 1 vehicles, 0 rules\.$/);
		expect(sentence).not.toContain('secret');
	});

	it("names the key when another program's row is in the way", async () => {
		const { store } = use();
		const insert = `INSERT INTO vehicle ("externalId", attributes, "createdAt", "updatedAt") VALUES (?, '{}', 0, 0)`;
		await store.database.write((query) => query(insert, ['E-1']));
		const again = store.write(({ vehicles }) => vehicles.create(vehicleFields({ externalId: 'E-1' }), AT));
		await expect(again).rejects.toThrow(DuplicateRecordError);

		const refusal: unknown = await store.database
			.write((query) => query(insert, ['E-1']))
			.catch((error: unknown) => error);
		expect(duplicateFrom(refusal, VEHICLE_KEYS, { externalId: 'E-1' })).toMatchObject({
			field: 'externalId',
			value: 'E-1',
		});
		expect(duplicateFrom(new Error('vehicle.vin'), VEHICLE_KEYS, {})).toBeNull();
	});

	it('can be taken down to nothing and made anew', async () => {
		const { store, options, openAnother } = use();
		await store.close();
		const engine = options.kind === 'sqlite' ? await openSqlite(options) : await openPostgres(options);
		for (let left = MIGRATIONS.length; left > 0; left--) await engine.writer.undoLastMigration();
		await expect(engine.writer.query('SELECT 1 FROM customer')).rejects.toThrow(/customer/);
		await engine.writer.destroy();
		if (engine.reader !== engine.writer) await engine.reader.destroy();
		expect(await (await openAnother()).read(({ vehicles }) => vehicles.count())).toBe(0);
	});
});
