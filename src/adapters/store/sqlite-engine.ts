import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

import { DataSource } from 'typeorm';

import { StoreUnavailableError } from '../../app/errors';
import { driverErrorOf } from './driver-error';
import type { Engine } from './engine';
import { ENTITIES } from './entities';
import { MIGRATIONS, MIGRATIONS_TABLE } from './migrations';
import { NodeSqliteDatabase } from './node-sqlite-database';
import { silentLogger } from './silent-logger';
import type { SqliteOptions } from './store-options';

/** How long a write waits for another process's before it gives up. */
const WRITE_WAIT_MS = 60_000;
/** SQLite waits inside the call, with the event loop standing still; so it waits briefly, and we often. */
const BUSY_TIMEOUT_MS = 20;
const RETRY_PAUSE_MS = 5;
const SQLITE_BUSY = 5;

/**
 * One connection writes, one reads: TypeORM shares a SQLite connection among all callers, and a reader on the
 * writer's would see what is not committed yet.
 */
export async function openSqlite(options: SqliteOptions): Promise<Engine> {
	await mkdir(dirname(options.path), { recursive: true });
	const writer = await retryBusy(() =>
		connect(options.path, [
			`busy_timeout = ${BUSY_TIMEOUT_MS}`,
			'journal_mode = WAL',
			'synchronous = FULL',
			'wal_autocheckpoint = 10000',
		]),
	);
	const reader = await connect(options.path, [
		'busy_timeout = 5000',
		'query_only = ON',
		// A backtest looks rows up all over the file: a third less time than by reads of single pages.
		'mmap_size = 1073741824',
	]);
	return {
		kind: 'sqlite',
		writer,
		reader,
		// A plain BEGIN that reads first and writes later fails with "database is locked" at once, timeout or not.
		beginWrite: (runner) => retryBusy(() => runner.query('BEGIN IMMEDIATE')),
		beginRead: async () => {},
		endRead: async () => {},
		toNativeSql: (sql) => sql,
		toNativeValue: (value) => value,
	};
}

async function connect(path: string, pragmas: readonly string[]): Promise<DataSource> {
	return await new DataSource({
		type: 'better-sqlite3',
		driver: NodeSqliteDatabase,
		// TypeORM's own cache lets in every text with an id in it, and the hot path's statements fall out of it.
		statementCacheSize: 0,
		database: path,
		entities: ENTITIES,
		migrations: MIGRATIONS,
		migrationsTableName: MIGRATIONS_TABLE,
		logger: silentLogger,
		prepareDatabase: (database: NodeSqliteDatabase) => {
			try {
				for (const pragma of pragmas) database.pragma(pragma);
			} catch (error) {
				database.close();
				throw error;
			}
		},
	}).initialize();
}

async function retryBusy<T>(attempt: () => Promise<T>): Promise<T> {
	const deadline = performance.now() + WRITE_WAIT_MS;
	for (;;) {
		try {
			return await attempt();
		} catch (error) {
			if (!isBusy(error)) throw error;
			if (performance.now() > deadline) {
				throw new StoreUnavailableError(
					`Another process has been writing to the store for ${WRITE_WAIT_MS / 1000} seconds`,
					'End the program that holds the SQLite file (a database browser with unsaved changes, for one).',
					{ cause: error },
				);
			}
			await new Promise((resolve) => setTimeout(resolve, RETRY_PAUSE_MS));
		}
	}
}

function isBusy(error: unknown): boolean {
	const errcode = driverErrorOf(error)?.errcode ?? null;
	return errcode !== null && (errcode & 0xff) === SQLITE_BUSY;
}
