import type { EntityManager, QueryRunner } from 'typeorm';

import type { Engine, SqlValue } from './engine';

export type Row = Readonly<Record<string, unknown>>;

/** Runs one statement, written with `?` for its parameters on both databases. Rows: of SELECT and RETURNING. */
export type Query = (sql: string, params?: readonly SqlValue[]) => Promise<Row[]>;

/** TypeORM's side of the same transaction. Not `save`, which opens transactions of its own. */
export type Orm = <T>(work: (manager: EntityManager) => Promise<T>) => Promise<T>;

/** What one transaction is worked on with. */
export class DatabaseSession {
	readonly #engine: Engine;
	readonly #runner: QueryRunner;
	readonly #pending = new Set<Promise<unknown>>();
	#isSettled = false;

	constructor(engine: Engine, runner: QueryRunner) {
		this.#engine = engine;
		this.#runner = runner;
	}

	readonly query: Query = (sql, params = []) =>
		this.#track(async () => {
			const { toNativeSql, toNativeValue } = this.#engine;
			const result = await this.#runner.query(toNativeSql(sql), params.map(toNativeValue), true);
			return (result.records as Row[] | undefined) ?? [];
		});

	readonly orm: Orm = (work) => this.#track(() => work(this.#runner.manager));

	/**
	 * From here on every statement is refused; resolves when those under way have ended, which belong to this
	 * transaction even though nobody waited for them.
	 */
	async settle(): Promise<void> {
		this.#isSettled = true;
		await Promise.allSettled(this.#pending);
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
