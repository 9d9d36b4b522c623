import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

import { DataSource, QueryFailedError } from 'typeorm';

import type { Engine } from './engine';
import { ENTITIES } from './entities';
import { MIGRATIONS, MIGRATIONS_TABLE } from './migrations';
import { NodeSqliteDatabase } from './node-sqlite-database';
import { silentLogger } from './silent-logger';
import { retryBusy, SqliteTurns } from './sqlite-turns';
import type { SqliteOptions } from './store-options';

/** Each commit is on the disk when it returns; the journal has 40 MB. */
const LASTING = ['synchronous = FULL', 'wal_autocheckpoint = 10000', 'cache_size = -64000'];
/**
 * Nobody waits for the disk, and a page that is written over and over is carried over once for all: the journal has
 * 160 MB. The memory of an import is bounded.
 */
const REPEATABLE = ['synchronous = NORMAL', 'wal_autocheckpoint = 40000', 'cache_size = -20000'];

interface Connection {
	readonly source: DataSource;
	readonly database: NodeSqliteDatabase;
}

/**
 * One connection writes, one reads: TypeORM shares a SQLite connection among all callers, and a reader on the
 * writer's would see what is not committed yet.
 */
export async function openSqlite(options: SqliteOptions): Promise<Engine> {
	await mkdir(dirname(options.path), { recursive: true });
	const writer = await retryBusy(() =>
		connect(options.path, [
			'busy_timeout = 0',
			'journal_mode = WAL',
			...(options.isRepeatable ? REPEATABLE : LASTING),
			// What a statement of many rows would have to undo is kept in a file otherwise: two thirds of its time.
			'temp_store = MEMORY',
		]),
	);
	const reader = await connect(options.path, [
		'busy_timeout = 5000',
		'query_only = ON',
		// A backtest looks rows up all over the file: a third less time than by reads of single pages.
		'mmap_size = 1073741824',
	]);
	const turns = new SqliteTurns();
	return {
		kind: 'sqlite',
		writer: writer.source,
		reader: reader.source,
		beginWrite: async () => {
			// A plain BEGIN that reads first and writes later fails with "database is locked" at once, timeout or not.
			await turns.begin(() => void writer.database.query('BEGIN IMMEDIATE', []));
			writer.database.hasChangedVehicles = false;
		},
		endWrite: () => turns.end(),
		beginRead: async () => {},
		endRead: async () => {},
		run: async (runner, sql, params) => {
			try {
				return (runner.dataSource === reader.source ? reader : writer).database.query(sql, params);
			} catch (error) {
				throw new QueryFailedError(sql, [...params], error as Error);
			}
		},
		hasChangedVehicles: () => writer.database.hasChangedVehicles,
	};
}

async function connect(path: string, pragmas: readonly string[]): Promise<Connection> {
	const opened: NodeSqliteDatabase[] = [];
	const source = await new DataSource({
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
				opened.push(database);
			} catch (error) {
				database.close();
				throw error;
			}
		},
	}).initialize();
	const [database] = opened;
	if (database === undefined) throw new Error('TypeORM has opened no database');
	return { source, database };
}
