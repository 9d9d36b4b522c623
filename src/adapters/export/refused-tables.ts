import type { RefusedRow } from '../../app/ports/refused-rows';
import { ERROR_COLUMN } from '../../domain/mapping/text-marker';

export type RefusedPages = AsyncIterable<readonly RefusedRow[]>;

export interface RefusedTable {
	readonly list: string | null;
	readonly isText: boolean;
	/** To be read before the next table is asked for. */
	readonly pages: RefusedPages;
}

/** The rows of each list as a table of their own. */
export async function* tablesOf(rows: RefusedPages): AsyncGenerator<RefusedTable> {
	const source = runsOf(rows)[Symbol.asyncIterator]();
	let run = await source.next();
	while (!run.done) {
		const [first] = run.value;
		if (!first) return;
		const { list, isText } = first;
		async function* pages() {
			for (; !run.done && run.value[0]?.list === list; run = await source.next()) yield run.value;
		}
		yield { list, isText, pages: pages() };
	}
}

/** Pages of rows of one list each. */
async function* runsOf(rows: RefusedPages): AsyncGenerator<RefusedRow[]> {
	for await (const page of rows) {
		let run: RefusedRow[] = [];
		for (const row of page) {
			if (run[0] && run[0].list !== row.list) {
				yield run;
				run = [];
			}
			run.push(row);
		}
		if (run.length > 0) yield run;
	}
}

const isReasonColumn = (name: string) => name.toLowerCase() === ERROR_COLUMN.toLowerCase();

/**
 * The names of the columns below which `cellsOf` puts the cells. The reason comes first: so it also stands at its place
 * in a row that has too few or too many cells.
 */
export function headerOf({ columns }: RefusedRow): string[] {
	return [ERROR_COLUMN, ...columns.filter((name) => !isReasonColumn(name))];
}

/** The row's cells behind its reason. What was wrong before a row was mended is gone. */
export function cellsOf({ columns, cells, isWhole, reason }: RefusedRow): unknown[] {
	const at = columns.findIndex(isReasonColumn);
	const others = at < 0 || (!isWhole && cells.length <= at + 1) ? cells : cells.toSpliced(at, 1);
	return [reason, ...others];
}
