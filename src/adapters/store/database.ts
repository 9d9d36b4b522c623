import { MigrationExecutor, type QueryRunner } from 'typeorm';

import { StoreUnavailableError } from '../../app/errors';
import { turns } from '../../app/turns';
import { driverErrorOf } from './driver-error';
import type { DatabaseKind, Engine, Patience, WriteKind } from './engine';
import { explainStoreError } from './explain-store-error';
import { openPostgres } from './postgres-engine';
import { type Orm, DatabaseSession, type Query } from './session';
import { Slots } from './slots';
import { openSqlite } from './sqlite-engine';
import { describeStore, type StoreOptions } from './store-options';
import { RENEW_VEHICLE_MARK } from './vehicle-mark';

export type { Query } from './session';
export type { SqlValue } from './engine';
export type { StoreOptions } from './store-options';

const SQLITE_READONLY = 8;
const READ_ONLY_SQL_TRANSACTION = '25006';
/** Each holds a connection while it waits: there must be some left for reads inside of a write. */
const FEEDS_AT_ONCE = 3;

/**
 * The tables of the store and of the embedded bus. Writes of this process run one after the other, in the order of
 * the calls; those of other processes are waited for. `query` is refused once `work` has settled. A `write` inside
 * of a `write` waits for ever; a `read` inside of one is fine, and sees what is committed.
 */
export interface Database {
	readonly kind: DatabaseKind;
	/** Which one it is, the same for all who open it alike; without its password. */
	readonly name: string;
	/** Aborted when it is closed. */
	readonly closed: AbortSignal;
	write<T>(work: Work<T>): Promise<T>;
	/**
	 * A write that has only other `writeFeed`s beside it, where the database can: on SQLite there are none. Those of
	 * one process do not wait for each other, so that `work` itself locks what it shares with them.
	 */
	writeFeed<T>(work: Work<T>): Promise<T>;
	read<T>(work: Work<T>): Promise<T>;
	/** A read of short statements, for which a feed waits. */
	readFeed<T>(work: Work<T>): Promise<T>;
	/** Waits for the writes that were asked for; later ones reject with `StoreUnavailableError`. */
	close(): Promise<void>;
}

/** `query` and `orm` are the session's own. */
export type Work<T> = (query: Query, orm: Orm, session: DatabaseSession) => Promise<T>;

/**
 * Opens, and where needed makes, the tables. Rejects with `StoreUnavailableError` when the file or server cannot be
 * used.
 */
export async function openDatabase(options: StoreOptions): Promise<Database> {
	try {
		const engine = options.kind === 'sqlite' ? await openSqlite(options) : await openPostgres(options);
		const database = new EngineDatabase(engine, options);
		try {
			await database.migrate();
		} catch (error) {
			await database.close();
			throw error;
		}
		return database;
	} catch (error) {
		throw explainStoreError(error, options) ?? error;
	}
}

class EngineDatabase implements Database {
	readonly #engine: Engine;
	readonly #options: StoreOptions;
	readonly #inTurn = turns();
	readonly #feedWrites = new Slots(FEEDS_AT_ONCE);
	readonly #closing = new AbortController();

	constructor(engine: Engine, options: StoreOptions) {
		this.#engine = engine;
		this.#options = options;
	}

	get kind(): DatabaseKind {
		return this.#engine.kind;
	}

	get name(): string {
		return describeStore(this.#options);
	}

	get closed(): AbortSignal {
		return this.#closing.signal;
	}

	async write<T>(work: Work<T>): Promise<T> {
		this.#refuseWhenClosed();
		return await this.#inTurn(() => this.#write('exclusive', work));
	}

	async writeFeed<T>(work: Work<T>): Promise<T> {
		if (this.kind === 'sqlite') return await this.write(work);
		this.#refuseWhenClosed();
		return await this.#feedWrites.run(() => this.#write('feed', work));
	}

	async read<T>(work: Work<T>): Promise<T> {
		return await this.#read('long', work);
	}

	async readFeed<T>(work: Work<T>): Promise<T> {
		return await this.#read('feed', work);
	}

	async #read<T>(patience: Patience, work: Work<T>): Promise<T> {
		this.#refuseWhenClosed();
		const { reader, beginRead, endRead } = this.#engine;
		return await this.#withRunner(reader.createQueryRunner(), async (runner) => {
			await beginRead(runner, patience);
			const session = new DatabaseSession(this.#engine, runner, 'exclusive');
			try {
				return await work(session.query, session.orm, session);
			} catch (error) {
				const { errcode, code } = driverErrorOf(error) ?? {};
				const isRefusedWrite = errcode === SQLITE_READONLY || code === READ_ONLY_SQL_TRANSACTION;
				throw isRefusedWrite
					? new Error('Nothing can be written in a read of the store: use write', { cause: error })
					: error;
			} finally {
				await session.settle();
				await endRead(runner).catch(() => {});
			}
		});
	}

	async close(): Promise<void> {
		if (this.closed.aborted) return;
		this.#closing.abort();
		const { writer, reader } = this.#engine;
		await Promise.all([this.#inTurn(async () => {}), this.#feedWrites.settled()]);
		await reader.destroy();
		if (writer !== reader) await writer.destroy();
	}

	/** All that is pending in one transaction: of two processes that start at once, the second finds nothing to do. */
	async migrate(): Promise<void> {
		await this.#transaction('exclusive', 'endless', async (runner) => {
			const executor = new MigrationExecutor(this.#engine.writer, runner);
			executor.transaction = 'none';
			await executor.executePendingMigrations();
		});
	}

	async #write<T>(kind: WriteKind, work: Work<T>): Promise<T> {
		const { run, hasChangedVehicles } = this.#engine;
		return await this.#transaction(kind, kind === 'feed' ? 'feed' : 'long', async (runner) => {
			const session = new DatabaseSession(this.#engine, runner, kind);
			const result = await work(session.query, session.orm, session).finally(() => session.settle());
			if (session.isMarkRenewed || hasChangedVehicles() === true) {
				await run(runner, RENEW_VEHICLE_MARK, [session.nextMark]);
			}
			return result;
		});
	}

	async #transaction<T>(
		kind: WriteKind,
		patience: Patience,
		work: (runner: QueryRunner) => Promise<T>,
	): Promise<T> {
		const { writer, beginWrite, endWrite } = this.#engine;
		return await this.#withRunner(writer.createQueryRunner(), async (runner) => {
			await beginWrite(runner, kind, patience);
			try {
				const result = await work(runner);
				await runner.query('COMMIT');
				return result;
			} catch (error) {
				// Fails when the database has rolled back already (disk full, connection lost): the cause is what counts.
				await runner.query('ROLLBACK').catch(() => {});
				throw error;
			} finally {
				endWrite(runner);
			}
		});
	}

	async #withRunner<T>(runner: QueryRunner, work: (runner: QueryRunner) => Promise<T>): Promise<T> {
		try {
			return await work(runner);
		} catch (error) {
			throw explainStoreError(error, this.#options) ?? error;
		} finally {
			await runner.release();
		}
	}

	#refuseWhenClosed(): void {
		if (!this.closed.aborted) return;
		throw new StoreUnavailableError(
			`The store is closed (${this.name})`,
			'Open it again: it was closed when its workflow or n8n stopped.',
		);
	}
}
