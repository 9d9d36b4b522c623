import type { Execute, Query, Row } from './session';
import { NOTHING_WRITTEN, type SqlValue, type Written } from './engine';
import type { StoreContext } from './store-context';

/** Few sizes, so that a statement has few texts and each is prepared once. */
const SIZES: readonly number[] = [100, 10, 1];

/** Writes the row's values into `params`, from the place `at` on. */
export type WriteRow<T> = (item: T, params: SqlValue[], at: number) => void;

const copyRow: WriteRow<readonly SqlValue[]> = (row, params, at) => {
	for (let i = 0; i < row.length; i++) params[at + i] = row[i] as SqlValue;
};

/** A statement with a VALUES list, for any number of rows. `sqlFor` puts the list where it belongs. */
export class RowsStatement {
	readonly #width: number;
	readonly #sqlBySize: ReadonlyMap<number, string>;

	/** `sizes`: descending, to 1. */
	constructor(
		placeholders: readonly string[],
		sqlFor: (values: string) => string,
		sizes: readonly number[] = SIZES,
	) {
		const row = `(${placeholders.join(', ')})`;
		this.#width = placeholders.length;
		this.#sqlBySize = new Map(
			sizes.map((size) => [size, sqlFor(`VALUES ${Array(size).fill(row).join(', ')}`)]),
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

	/** Without RETURNING, which costs as much again as the statement: in all, and the last of them. */
	async execute(execute: Execute, rows: readonly (readonly SqlValue[])[]): Promise<Written> {
		return await this.executeEach(execute, rows, copyRow);
	}

	/** The same for anything that can be written as a row, without a list for each. */
	async executeEach<T>(execute: Execute, items: readonly T[], write: WriteRow<T>): Promise<Written> {
		let { changed, lastId } = NOTHING_WRITTEN;
		for (const [sql, params] of this.#statements(items, write)) {
			const written = await execute(sql, params);
			changed += written.changed;
			({ lastId } = written);
		}
		return { changed, lastId };
	}

	*#statements<T>(items: readonly T[], write: WriteRow<T>): Generator<[sql: string, params: SqlValue[]]> {
		let done = 0;
		for (const [size, sql] of this.#sqlBySize) {
			for (; items.length - done >= size; done += size) {
				const params = new Array<SqlValue>(size * this.#width);
				for (let i = 0; i < size; i++) write(items[done + i] as T, params, i * this.#width);
				yield [sql, params];
			}
		}
	}
}

/** An INSERT for any number of rows. `tail`: ON CONFLICT and RETURNING, if any; `into`: see `INTO_OR_FAIL`. */
export class InsertStatement extends RowsStatement {
	constructor(
		table: string,
		columns: readonly string[],
		tail = '',
		{ into = 'INTO', sizes = SIZES }: { into?: string; sizes?: readonly number[] } = {},
	) {
		super(
			columns.map(() => '?'),
			(values) => `INSERT ${into} ${table} (${columnList(columns)}) ${values} ${tail}`,
			sizes,
		);
	}
}

/** An INSERT into a table that numbers its rows itself. */
export class NumberingInsert {
	readonly #plain: InsertStatement;
	readonly #telling: InsertStatement;

	constructor(table: string, columns: readonly string[]) {
		this.#plain = new InsertStatement(table, columns);
		this.#telling = new InsertStatement(table, columns, 'RETURNING id');
	}

	/** The rows' ids, in their order. */
	async run(context: StoreContext, rows: readonly (readonly SqlValue[])[]): Promise<number[]> {
		const { kind, query, execute } = context;
		if (kind === 'postgres') {
			// Ids rise in the order of the rows; the order of RETURNING is nobody's promise.
			return (await this.#telling.run(query, rows)).map(({ id }) => Number(id)).sort((a, b) => a - b);
		}
		// One writer, and AUTOINCREMENT: each row has the number after the one before it.
		const { lastId } = await this.#plain.execute(execute, rows);
		const first = lastId - rows.length + 1;
		return rows.map((_, index) => first + index);
	}
}

export const columnList = (columns: readonly string[]): string =>
	columns.map((column) => `"${column}"`).join(', ');

/** `SET` part of an upsert: every column takes the value of the row that was refused. */
export const takeExcluded = (columns: readonly string[]): string =>
	columns.map((column) => `"${column}" = excluded."${column}"`).join(', ');

/**
 * Runs a statement with lists of values, over as many lists as it takes. `sqlFor` puts the list of placeholders
 * where it belongs, `times` times in all, behind as many others as `leading` has.
 */
export async function queryLists(
	query: Query,
	values: readonly SqlValue[],
	sqlFor: (placeholders: string) => string,
	times = 1,
	leading: readonly SqlValue[] = [],
): Promise<Row[]> {
	const found: Row[] = [];
	const distinct = [...new Set(values)];
	for (let done = 0; done < distinct.length; done += 100) {
		const list = distinct.slice(done, done + 100);
		const size = list.length > 10 ? 100 : list.length > 1 ? 10 : 1;
		// A value that stands there twice finds nothing more.
		while (list.length < size) list.push(list[0] ?? null);
		const params = [...leading, ...Array.from({ length: times }, () => list).flat()];
		for (const row of await query(sqlFor(Array(size).fill('?').join(', ')), params)) found.push(row);
	}
	return found;
}
