import { type CellValue, type Sheet } from './sheet-xml';
import { cellsOf, headerOf, type RefusedPages } from './refused-tables';

/** Texts, also days and times, are typed as texts: they are read as they were. */
export function refusedSheet(name = 'Sheet1', pages: RefusedPages): Sheet {
	return { name, rows: sheetRows(pages) };
}

export async function* sheetRows(pages: RefusedPages): AsyncGenerator<CellValue[][]> {
	let isFirst = true;
	for await (const page of pages) {
		const [first] = page;
		if (!first) continue;
		const rows = page.map((row) => cellsOf(row).map(cellValue));
		yield isFirst ? [headerOf(first), ...rows] : rows;
		isFirst = false;
	}
}

function cellValue(cell: unknown): CellValue {
	if (typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean') return cell;
	return cell === undefined || cell === null ? null : JSON.stringify(cell);
}
