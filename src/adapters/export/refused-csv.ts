import { defuseText } from '../../domain/mapping/text-marker';
import { cellsOf, headerOf, type RefusedPages } from './refused-tables';
import { csvLines } from './write-csv';

/** The cells are written as they stood, marks and all, so that they are read as they were. */
export async function* refusedCsv(pages: RefusedPages, delimiter = ','): AsyncGenerator<string> {
	let isFirst = true;
	for await (const page of pages) {
		const [first] = page;
		if (!first) continue;
		const header = isFirst ? csvLines([headerOf(first)], delimiter) : '';
		isFirst = false;
		const rows = page.map((row) => {
			const [reason, ...cells] = cellsOf(row).map(cellText);
			return [defuseText(reason ?? ''), ...cells];
		});
		yield header + csvLines(rows, delimiter);
	}
}

function cellText(cell: unknown): string {
	if (cell === undefined || cell === null) return '';
	return typeof cell === 'string' ? cell : JSON.stringify(cell);
}
