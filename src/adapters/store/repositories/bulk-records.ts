import type { BulkRecords, ImportMark } from '../../../app/ports/store-imports';
import type { DatabaseKind, SqlValue, Written } from '../engine';
import { numberOf, numberOrNull } from '../read-row';
import { InsertStatement, queryLists, RowsStatement, takeExcluded } from '../rows';
import type { Row } from '../session';
import type { StoreContext } from '../store-context';
import { withoutNul } from '../without-nul';

/** How a kind of record stands in its table. */
export interface BulkTable<R> {
	readonly name: string;
	/** All columns but `id` and those of `ImportMark`, in the order of `values`. */
	readonly columns: readonly string[];
	/** Columns with a unique index. */
	readonly keys: readonly string[];
	values(record: R): readonly SqlValue[];
	fromRow(row: Row): R;
	/** What has to go before the records can. */
	beforeRemoval?(context: StoreContext, ids: readonly number[]): Promise<void>;
}

const MARK_COLUMNS = ['importId', 'importRow'] as const;

/** Made once for each table: the statements' texts are long. */
export interface BulkStatements {
	readonly insert: InsertStatement;
	readonly insertUnknown: InsertStatement;
	readonly updateAll: InsertStatement;
	readonly updateFields: InsertStatement;
	readonly mark: RowsStatement;
}

/**
 * With a foreign key, SQLite writes down what it would take to undo a statement of several rows, which is every page
 * that they go to: one row each costs a third less.
 */
const SIZES = { sqlite: [1], postgres: [100, 10, 1] } as const;

export const bulkStatements = <R>(table: BulkTable<R>): Readonly<Record<DatabaseKind, BulkStatements>> => ({
	sqlite: statementsFor(table, 'sqlite'),
	postgres: statementsFor(table, 'postgres'),
});

function statementsFor<R>({ name, columns, keys }: BulkTable<R>, kind: DatabaseKind): BulkStatements {
	const written = [...columns, ...MARK_COLUMNS];
	const insert = (tail: string) =>
		new InsertStatement(name, ['id', ...written], tail, { sizes: SIZES[kind] });
	const over = (changed: readonly string[]) =>
		insert(`ON CONFLICT (id) DO UPDATE SET ${takeExcluded(changed)}`);
	return {
		insert: insert(''),
		insertUnknown: insert('ON CONFLICT DO NOTHING'),
		updateAll: over(written),
		// An index whose column is named is written anew, whether or not its value is.
		updateFields: over(written.filter((column) => !keys.includes(column))),
		mark: new RowsStatement(
			Array<string>(3).fill('CAST(? AS BIGINT)'),
			(values) =>
				`UPDATE ${name} SET "importId" = marked.column2, "importRow" = marked.column3
				FROM (${values}) AS marked WHERE ${name}.id = marked.column1`,
		),
	};
}

export class StoredBulk<R extends { readonly id: number }, K extends keyof R & string> implements BulkRecords<
	R,
	K
> {
	constructor(
		private readonly context: StoreContext,
		private readonly table: BulkTable<R>,
		private readonly statements: BulkStatements,
	) {}

	async holders(values: { readonly [F in K]?: Iterable<string> }): Promise<(R & ImportMark)[]> {
		const rows = new Map<number, Row>();
		for (const [column, wanted] of Object.entries<Iterable<string>>(values as Record<K, Iterable<string>>)) {
			const found = await queryLists(
				this.context.query,
				[...wanted].map(withoutNul),
				(list) => `SELECT * FROM ${this.table.name} WHERE "${column}" IN (${list})`,
			);
			for (const row of found) rows.set(numberOf(row, 'id'), row);
		}
		return this.#records([...rows.values()]);
	}

	async byIds(ids: readonly number[]): Promise<(R & ImportMark)[]> {
		const rows = await queryLists(
			this.context.query,
			ids,
			(list) => `SELECT * FROM ${this.table.name} WHERE id IN (${list})`,
		);
		return this.#records(rows);
	}

	async reserveIds(count: number): Promise<number[]> {
		if (count === 0) return [];
		const { kind, query } = this.context;
		if (kind === 'postgres') {
			const rows = await query(
				`SELECT nextval(pg_get_serial_sequence('${this.table.name}', 'id')) AS id FROM generate_series(1, ?)`,
				[count],
			);
			return rows.map((row) => numberOf(row, 'id'));
		}
		// One writer, and AUTOINCREMENT, which goes on behind the highest id that was ever written.
		const [last] = await query('SELECT seq FROM sqlite_sequence WHERE name = ?', [this.table.name]);
		const first = (last ? numberOf(last, 'seq') : 0) + 1;
		return Array.from({ length: count }, (_, index) => first + index);
	}

	async insert(records: readonly (R & ImportMark)[]): Promise<void> {
		await this.#write(this.statements.insert, records);
	}

	async insertUnknown(records: readonly (R & ImportMark)[]): Promise<ReadonlySet<number>> {
		const { changed } = await this.#write(this.statements.insertUnknown, records);
		const missing = new Set<number>();
		if (changed === records.length) return missing;
		for (const { id } of records) missing.add(id);
		for (const { id } of await this.byIds([...missing])) missing.delete(id);
		return missing;
	}

	async update(records: readonly (R & ImportMark)[], what: 'all' | 'all but keys'): Promise<void> {
		const { updateAll, updateFields } = this.statements;
		await this.#write(what === 'all' ? updateAll : updateFields, records);
	}

	async mark(records: readonly ({ readonly id: number } & ImportMark)[]): Promise<void> {
		const rows = records.map(({ id, importId, importRow }) => [id, importId, importRow]);
		await this.statements.mark.execute(this.context.execute, rows);
	}

	async unmark(importId: number): Promise<void> {
		await this.context.execute(
			`UPDATE ${this.table.name} SET "importId" = NULL, "importRow" = NULL WHERE "importId" = ?`,
			[importId],
		);
	}

	async #write(statement: InsertStatement, records: readonly (R & ImportMark)[]): Promise<Written> {
		return await statement.executeEach(this.context.execute, records, (record, params, at) => {
			params[at] = record.id;
			let place = at + 1;
			for (const value of this.table.values(record)) params[place++] = withoutNul(value);
			params[place] = record.importId;
			params[place + 1] = record.importRow;
		});
	}

	async remove(ids: readonly number[]): Promise<void> {
		await this.table.beforeRemoval?.(this.context, ids);
		await queryLists(
			this.context.query,
			ids,
			(list) => `DELETE FROM ${this.table.name} WHERE id IN (${list})`,
		);
	}

	#records(rows: readonly Row[]): (R & ImportMark)[] {
		return rows
			.map((row) => ({
				...this.table.fromRow(row),
				importId: numberOrNull(row, 'importId'),
				importRow: numberOrNull(row, 'importRow'),
			}))
			.sort((a, b) => a.id - b.id);
	}
}
