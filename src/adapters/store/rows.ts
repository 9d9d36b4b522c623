import type { Execute, Query, Row } from './session';
import type { SqlValue } from './engine';

/** Few sizes, so that a statement has few texts and each is prepared once. */
const SIZES = [500, 100, 10, 1] as const;

/** Writes the row's values into `params`, from the place `at` on. */
export type WriteRow<T> = (item: T, params: SqlValue[], at: number) => void;

const copyRow: WriteRow<readonly SqlValue[]> = (row, params, at) => {
	for (let i = 0; i < row.length; i++) params[at + i] = row[i] as SqlValue;
};

/** A statement with a VALUES list, for any number of rows. `sqlFor` puts the list where it belongs. */
export class RowsStatement {
	readonly #width: number;
	readonly #sqlBySize: ReadonlyMap<number, string>;

	constructor(placeholders: readonly string[], sqlFor: (values: string) => string) {
		const row = `(${placeholders.join(', ')})`;
		this.#width = placeholders.length;
		this.#sqlBySize = new Map(
			SIZES.map((size) => [size, sqlFor(`VALUES ${Array(size).fill(row).join(', ')}`)]),
		);
	}

	/** What RETURNING gives, of all rows. */
	async run(query: Query, rows: readonly (readonly SqlValue[])[]): Promise<Row[]> {
		const returned: Row[] = [];
		for (const [sql, params] of this.#statements(rows, copyRow)) {
			for (const answer of await query(sql, params)) returned.push(answer);
		}
		return returned;
	}

	/** Without RETURNING, which costs as much again as the statement: how many rows were changed in all. */
	async execute(execute: Execute, rows: readonly (readonly SqlValue[])[]): Promise<number> {
		return await this.executeEach(execute, rows, copyRow);
	}

	/** The same for anything that can be written as a row, without a list for each. */
	async executeEach<T>(execute: Execute, items: readonly T[], write: WriteRow<T>): Promise<number> {
		let changed = 0;
		for (const [sql, params] of this.#statements(items, write)) changed += await execute(sql, params);
		return changed;
	}

	*#statements<T>(items: readonly T[], write: WriteRow<T>): Generator<[sql: string, params: SqlValue[]]> {
		let done = 0;
		for (const size of SIZES) {
			const sql = this.#sqlBySize.get(size) ?? '';
			for (; items.length - done >= size; done += size) {
				const params = new Array<SqlValue>(size * this.#width);
				for (let i = 0; i < size; i++) write(items[done + i] as T, params, i * this.#width);
				yield [sql, params];
			}
		}
	}
}

/** An INSERT for any number of rows. `tail`: ON CONFLICT and RETURNING, if any. */
export class InsertStatement extends RowsStatement {
	constructor(table: string, columns: readonly string[], tail = '') {
		super(
			columns.map(() => '?'),
			(values) => `INSERT INTO ${table} (${columnList(columns)}) ${values} ${tail}`,
		);
	}
}

export const columnList = (columns: readonly string[]): string =>
	columns.map((column) => `"${column}"`).join(', ');

/** `SET` part of an upsert: every column takes the value of the row that was refused. */
export const takeExcluded = (columns: readonly string[]): string =>
	columns.map((column) => `"${column}" = excluded."${column}"`).join(', ');

/**
 * Runs a statement with lists of values, over as many lists as it takes. `sqlFor` puts the list of placeholders
 * where it belongs, `times` times in all.
 */
export async function queryLists(
	query: Query,
	values: readonly SqlValue[],
	sqlFor: (placeholders: string) => string,
	times = 1,
): Promise<Row[]> {
	const found: Row[] = [];
	const distinct = [...new Set(values)];
	for (let done = 0; done < distinct.length; done += 100) {
		const list = distinct.slice(done, done + 100);
		const size = list.length > 10 ? 100 : list.length > 1 ? 10 : 1;
		// A value that stands there twice finds nothing more.
		while (list.length < size) list.push(list[0] ?? null);
		const params = Array.from({ length: times }, () => list).flat();
		for (const row of await query(sqlFor(Array(size).fill('?').join(', ')), params)) found.push(row);
	}
	return found;
}
