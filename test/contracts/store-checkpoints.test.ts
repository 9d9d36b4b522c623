import { mkdtemp, rm } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type TypeOrmStore } from '../../src/adapters/store/open-store';
import { type SqliteCheckpoints, sqliteCheckpoints } from '../../src/adapters/store/sqlite-checkpoints';

describe('the journal of a SQLite store', () => {
	let folder: string;
	let store: TypeOrmStore;
	let checkpoints: SqliteCheckpoints;
	let looking: DatabaseSync;

	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'fleet-journal-'));
		const path = join(folder, 'fleet.sqlite');
		store = await openStore({ kind: 'sqlite', path });
		checkpoints = sqliteCheckpoints(path);
		looking = new DatabaseSync(path);
	});

	afterEach(async () => {
		looking.close();
		checkpoints.close();
		await store.close();
		await rm(folder, { recursive: true });
	});

	const waiting = () => {
		const { log, checkpointed } = looking.prepare('PRAGMA wal_checkpoint(NOOP)').get() ?? {};
		return Number(log) - Number(checkpointed);
	};
	/** A page and more each. */
	const log = async (count: number) =>
		await store.write(async ({ logs }) => {
			const entry = { at: 0, level: 'info', vehicleId: null, firingId: null } as const;
			await logs.append(Array.from({ length: count }, () => ({ ...entry, message: 'x'.repeat(5000) })));
		});

	it('is carried over when enough has gathered, and not for a little', async () => {
		await log(100);
		const few = waiting();
		expect(few).toBeGreaterThan(100);
		checkpoints.carryOver();
		expect(waiting()).toBe(few);
		await log(2000);
		expect(waiting()).toBeGreaterThan(2000);
		checkpoints.carryOver();
		expect(waiting()).toBe(0);
	});

	it('is left alone while a transaction is open, and holds nobody up', async () => {
		await log(2100);
		await store.write(async ({ logs }) => {
			await logs.append([{ at: 1, level: 'info', vehicleId: null, firingId: null, message: 'late' }]);
			checkpoints.carryOver();
		});
		expect(looking.prepare('SELECT count(*) AS n FROM log').get()).toEqual({ n: 2101 });
		expect(looking.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
	});
});
