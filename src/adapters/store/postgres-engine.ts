import type { types as PgTypes } from 'pg';
import { DataSource } from 'typeorm';

import type { Engine } from './engine';
import type { Row } from './session';
import { ENTITIES } from './entities';
import { postgresPatience } from './postgres-patience';
import { MIGRATIONS, MIGRATIONS_TABLE } from './migrations';
import { silentLogger } from './silent-logger';
import type { PostgresOptions } from './store-options';
import { withoutNul } from './without-nul';

/** Any number, the same in every process: who holds it is the store's one writer. */
const WRITER_LOCK = 7_135_533;
const INT8_OID = 20;
const POOL_SIZE = 8;
const MAX_CACHED_STATEMENTS = 1000;

export async function openPostgres(options: PostgresOptions): Promise<Engine> {
	const pg = await import('pg');
	const source = await new DataSource({
		type: 'postgres',
		// Only what TypeORM needs: given the whole module, it looks for `pg-native` in the working directory.
		driver: { Pool: pg.Pool },
		...(options.url === undefined
			? {
					host: options.host ?? 'localhost',
					port: options.port ?? 5432,
					database: options.database ?? 'postgres',
					username: options.user,
					password: options.password,
				}
			: { url: options.url }),
		ssl: options.ssl,
		applicationName: 'n8n-nodes-fleet',
		connectTimeoutMS: 10_000,
		poolSize: POOL_SIZE,
		installExtensions: false,
		entities: ENTITIES,
		migrations: MIGRATIONS,
		migrationsTableName: MIGRATIONS_TABLE,
		logger: silentLogger,
		extra: {
			keepAlive: true,
			keepAliveInitialDelayMillis: 10_000,
			types: {
				getTypeParser: (oid: number, format?: 'text' | 'binary') => typeParser(pg.types, oid, format),
			},
			...(options.schema === undefined ? {} : { options: `-c search_path=${quoteSchema(options.schema)}` }),
		},
	}).initialize();
	if (options.schema !== undefined) {
		await source.query(`CREATE SCHEMA IF NOT EXISTS "${options.schema.replaceAll('"', '""')}"`);
	}
	const toNativeSql = numberPlaceholders();
	const { begin, end } = postgresPatience(options.answerMs);
	return {
		kind: 'postgres',
		writer: source,
		reader: source,
		async beginWrite(runner, writeKind, patience) {
			await begin(runner, patience, 'START TRANSACTION');
			// One writer at a time, as on SQLite: no deadlocks, and ids that rise in the order of the commits. Feeds write
			// side by side, and lock in an order of their own.
			const shared = writeKind === 'feed' ? '_shared' : '';
			try {
				await runner.query(`SELECT pg_advisory_xact_lock${shared}(${WRITER_LOCK})`);
			} catch (error) {
				await runner.query('ROLLBACK').catch(() => undefined);
				end(runner);
				throw error;
			}
		},
		endWrite: end,
		beginRead: async (runner, patience) =>
			await begin(runner, patience, 'START TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY'),
		async endRead(runner) {
			await runner.query('COMMIT').finally(() => end(runner));
		},
		async run(runner, sql, params) {
			const result = await runner.query(toNativeSql(sql), params.map(withoutNul), true);
			const written = { changed: result.affected ?? 0, lastId: 0 };
			return { rows: (result.records as Row[] | undefined) ?? [], written };
		},
		hasChangedVehicles: () => null,
	};
}

/** BIGINT comes as text by default; ids and milliseconds are below 2^53. */
function typeParser(
	types: typeof PgTypes,
	oid: number,
	format?: 'text' | 'binary',
): (text: string) => unknown {
	if (oid === INT8_OID) return Number;
	return types.getTypeParser(oid, format) as (text: string) => unknown;
}

/** `?` outside of quotes becomes `$1`, `$2`... Few texts are used again and again, so each is rewritten once. */
function numberPlaceholders(): (sql: string) => string {
	const known = new Map<string, string>();
	return (sql) => {
		let native = known.get(sql);
		if (native === undefined) {
			let position = 0;
			native = sql.replace(/'[^']*'|"[^"]*"|\?/g, (match) => (match === '?' ? `$${++position}` : match));
			if (known.size >= MAX_CACHED_STATEMENTS) known.clear();
			known.set(sql, native);
		}
		return native;
	};
}

/** Inside the start-up packet's options, blanks and backslashes are escaped by a backslash. */
function quoteSchema(schema: string): string {
	return `"${schema.replaceAll('"', '""')}"`.replace(/[\\ ]/g, '\\$&');
}
