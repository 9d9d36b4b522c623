import type { DataSource, QueryRunner } from 'typeorm';

import type { Row } from './session';

export type DatabaseKind = 'sqlite' | 'postgres';

/** What kind of transaction it is; a feed's may have others of its kind beside it, see `Database.writeFeed`. */
export type WriteKind = 'exclusive' | 'feed';

/** Who waits for a transaction: a feed not long, where others are given time, and the making of tables any. */
export type Patience = 'feed' | 'long' | 'endless';

/** Everything in which the two databases differ for whoever opens transactions on them. */
export interface Engine {
	readonly kind: DatabaseKind;
	readonly writer: DataSource;
	readonly reader: DataSource;
	/** Resolves when no writer of another kind, or for `exclusive` no other at all, is on the store, in any process. */
	beginWrite(runner: QueryRunner, kind: WriteKind, patience: Patience): Promise<void>;
	/** To be called when the transaction is over. */
	endWrite(runner: QueryRunner): void;
	beginRead(runner: QueryRunner, patience: Patience): Promise<void>;
	endRead(runner: QueryRunner): Promise<void>;
	/** Runs one statement, written with `?` for its parameters. */
	run(runner: QueryRunner, sql: string, params: readonly SqlValue[]): Promise<Outcome>;
	/** Whether the writer has changed what feeds keep in memory since `beginWrite`; null where that cannot be told. */
	hasChangedVehicles(): boolean | null;
}

export interface Outcome {
	/** Of SELECT and RETURNING. */
	readonly rows: readonly Row[];
	readonly written: Written;
}

/** Of a statement without RETURNING. */
export interface Written {
	/** How many rows were inserted, changed or deleted. */
	readonly changed: number;
	/** On SQLite the id of the last row that was inserted, if it was one that inserts. */
	readonly lastId: number;
}

export const NOTHING_WRITTEN: Written = { changed: 0, lastId: 0 };

export type SqlValue = string | number | boolean | null;
