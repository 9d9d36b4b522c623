import type { DataSource, QueryRunner } from 'typeorm';

export type DatabaseKind = 'sqlite' | 'postgres';

/** Everything in which the two databases differ for whoever opens transactions on them. */
export interface Engine {
	readonly kind: DatabaseKind;
	readonly writer: DataSource;
	readonly reader: DataSource;
	/** Resolves when this is the only writer on the store, in any process. */
	beginWrite(runner: QueryRunner): Promise<void>;
	beginRead(runner: QueryRunner): Promise<void>;
	endRead(runner: QueryRunner): Promise<void>;
	/** Statements are written with `?` for parameters; this is how the database wants them. */
	toNativeSql(sql: string): string;
	toNativeValue(value: SqlValue): SqlValue;
}

export type SqlValue = string | number | boolean | null;
