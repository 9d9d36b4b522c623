import { type QueryRunner, Table, type TableOptions } from 'typeorm';

export async function createTables(runner: QueryRunner, tables: readonly TableOptions[]): Promise<void> {
	for (const table of tables) await runner.createTable(new Table(table));
}

/** Takes the tables down in the opposite order, because of their foreign keys. */
export async function dropTables(runner: QueryRunner, names: readonly string[]): Promise<void> {
	for (const name of [...names].reverse()) await runner.dropTable(name);
}
