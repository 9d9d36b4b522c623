import type * as SqliteModuleTypes from 'node:sqlite';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';

import { StoreUnavailableError } from '../../app/errors';
import { NOTHING_WRITTEN, type Outcome, type SqlValue } from './engine';
import { StatementCache } from './statement-cache';
import { changesVehicles } from './vehicle-mark';

/**
 * In an INSERT whose failure nobody survives but the transaction's end: SQLite need not write down what it would take to
 * undo that one statement, which for many rows is every page that they go to. Other databases see a comment.
 */
export const INTO_OR_FAIL = 'INTO /* or fail */';

type SqliteModule = typeof SqliteModuleTypes;

/** As much of `better-sqlite3` as TypeORM's driver calls, over Node's own SQLite: nothing to compile or download. */
export class NodeSqliteDatabase {
	readonly #database: DatabaseSync;
	readonly #statements = new StatementCache((sql) => this.#compile(sql));
	/** Whether a statement has run that may change what feeds keep in memory; to be set back by whoever asks. */
	hasChangedVehicles = false;

	constructor(path: string) {
		this.#database = new (sqliteModule().DatabaseSync)(path);
		// SQLite's own LIKE and lower() fold the letters A to Z only.
		this.#database.function('fold', { deterministic: true }, (text) =>
			typeof text === 'string' ? text.toLowerCase() : text,
		);
	}

	/** A statement that is asked for again is the same one: each call runs it to its end, so none is ever left open. */
	prepare(sql: string) {
		return this.#statements.get(sql);
	}

	/** What TypeORM's query runner does, without what it does around it, which costs as much as a small statement. */
	query(sql: string, params: readonly SqlValue[]): Outcome {
		const statement = this.#statements.get(sql);
		const values = withoutBooleans(params);
		if (statement.reader) return { rows: statement.all(...values), written: NOTHING_WRITTEN };
		const { changes, lastInsertRowid } = statement.run(...values);
		return { rows: [], written: { changed: Number(changes), lastId: Number(lastInsertRowid) } };
	}

	pragma(text: string) {
		return this.#database.prepare(`PRAGMA ${text}`).all();
	}

	close(): void {
		this.#statements.clear();
		this.#database.close();
	}

	#compile(sql: string) {
		const statement = this.#database.prepare(sql.replace(INTO_OR_FAIL, 'OR FAIL INTO'));
		const mayChange = changesVehicles(sql);
		return {
			/** Whether it answers with rows, which INSERT ... RETURNING does too. */
			reader: statement.columns().length > 0,
			all: (...params: SQLInputValue[]) => {
				if (mayChange) this.hasChangedVehicles = true;
				return statement.all(...params);
			},
			run: (...params: SQLInputValue[]) => {
				if (mayChange) this.hasChangedVehicles = true;
				return statement.run(...params);
			},
		};
	}
}

/** SQLite has none. Hardly any list holds one, and the lists of the hot paths are long. */
function withoutBooleans(params: readonly SqlValue[]): readonly SQLInputValue[] {
	for (let i = 0; i < params.length; i++) {
		if (typeof params[i] !== 'boolean') continue;
		return params.map((value) => (typeof value === 'boolean' ? Number(value) : value));
	}
	return params as readonly SQLInputValue[];
}

/** Loaded on first use, so that the package itself loads on a Node that has no SQLite. */
function sqliteModule(): SqliteModule {
	const module: SqliteModule | undefined = process.getBuiltinModule('node:sqlite');
	if (module !== undefined) return module;
	throw new StoreUnavailableError(
		`Node.js ${process.versions.node} has no SQLite of its own`,
		'Run n8n on Node.js 24, or give the fleet a PostgreSQL store.',
	);
}
