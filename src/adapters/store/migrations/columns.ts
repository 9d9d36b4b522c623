import type { QueryRunner, TableColumnOptions, TableForeignKeyOptions } from 'typeorm';

type Column = TableColumnOptions;

/** SQLite counts up in INTEGER keys only, PostgreSQL's INTEGER ends at 2^31. */
export function idColumn(runner: QueryRunner): Column {
	const type = runner.dataSource.options.type === 'postgres' ? 'bigint' : 'integer';
	return { name: 'id', type, isPrimary: true, isGenerated: true, generationStrategy: 'increment' };
}

export const text = (name: string, extra: Partial<Column> = {}): Column => ({ name, type: 'text', ...extra });
/** Ids of other records, times in milliseconds and counts. */
export const whole = (name: string, extra: Partial<Column> = {}): Column => ({
	name,
	type: 'bigint',
	...extra,
});
export const real = (name: string, extra: Partial<Column> = {}): Column => ({
	name,
	type: 'double precision',
	...extra,
});
export const flag = (name: string): Column => ({ name, type: 'boolean' });

export const nullable = { isNullable: true } as const;
export const key = { isPrimary: true } as const;

/** Rows go with the record that they belong to. */
export const belongsTo = (table: string, column: string): TableForeignKeyOptions => ({
	columnNames: [column],
	referencedTableName: table,
	referencedColumnNames: ['id'],
	onDelete: 'CASCADE',
});

export const unique = (...columnNames: string[]) => ({ columnNames });
export const index = (name: string, ...columnNames: string[]) => ({ name, columnNames });
