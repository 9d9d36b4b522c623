import { randomInt } from 'node:crypto';

import type { EntityManager, QueryRunner } from 'typeorm';

import type { Engine, Outcome, SqlValue, WriteKind, Written } from './engine';

export type Row = Readonly<Record<string, unknown>>;

/** Runs one statement, written with `?` for its parameters on both databases. Rows: of SELECT and RETURNING. */
export type Query = (sql: string, params?: readonly SqlValue[]) => Promise<readonly Row[]>;

/** Runs one statement without RETURNING. */
export type Execute = (sql: string, params?: readonly SqlValue[]) => Promise<Written>;

/** TypeORM's side of the same transaction. Not `save`, which opens transactions of its own. */
export type Orm = <T>(work: (manager: EntityManager) => Promise<T>) => Promise<T>;

const MARKS = 2 ** 47;

/** What one transaction is worked on with. */
export class DatabaseSession {
	readonly #engine: Engine;
	readonly #runner: QueryRunner;
	readonly #pending = new Set<Promise<unknown>>();
	#isSettled = false;
	/** What the mark of `vehicle-mark.ts` is once this transaction is committed, if it is one that renews it. */
	readonly nextMark = randomInt(MARKS);
	isMarkRenewed = false;

	constructor(
		engine: Engine,
		runner: QueryRunner,
		readonly kind: WriteKind,
	) {
		this.#engine = engine;
		this.#runner = runner;
	}

	readonly query: Query = async (sql, params = []) => (await this.#run(sql, params)).rows;

	readonly execute: Execute = async (sql, params = []) => (await this.#run(sql, params)).written;

	readonly orm: Orm = (work) => this.#track(() => work(this.#runner.manager));

	/**
	 * From here on every statement is refused; resolves when those under way have ended, which belong to this
	 * transaction even though nobody waited for them.
	 */
	async settle(): Promise<void> {
		this.#isSettled = true;
		await Promise.allSettled(this.#pending);
	}

	#run(sql: string, params: readonly SqlValue[]): Promise<Outcome> {
		return this.#track(() => this.#engine.run(this.#runner, sql, params));
	}

	#track<T>(work: () => Promise<T>): Promise<T> {
		if (this.#isSettled) {
			return Promise.reject(new Error('This store session has ended: its transaction is over'));
		}
		const result = work();
		this.#pending.add(result);
		const forget = () => this.#pending.delete(result);
		result.then(forget, forget);
		return result;
	}
}
