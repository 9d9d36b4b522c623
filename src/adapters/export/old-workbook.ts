import { Readable } from 'node:stream';
import { utils, write } from 'xlsx';
import { TableTooLargeError } from '../../app/errors';
import { sheetRows } from './refused-sheet';
import type { RefusedPages } from './refused-tables';
import type { CellValue } from './sheet-xml';

/** Of a sheet in [MS-XLS], header included. */
const MAX_ROWS = 65_536;

/** A workbook of Excel 97 or of OpenDocument: the spreadsheet library writes them, and wants all rows at once. */
export function oldWorkbook(format: 'xls' | 'ods', sheetName = 'Sheet1', pages: RefusedPages): Readable {
	async function* content(): AsyncGenerator<Buffer> {
		const rows: CellValue[][] = [];
		for await (const page of sheetRows(pages)) {
			rows.push(...page);
			if (rows.length > MAX_ROWS) {
				throw new TableTooLargeError(
					`More than ${MAX_ROWS} rows were refused, which a workbook of this kind cannot hold`,
					'Save the workbook as XLSX or CSV, and import that.',
				);
			}
		}
		const book = utils.book_new(utils.aoa_to_sheet(rows), sheetName.slice(0, 31));
		yield write(book, { type: 'buffer', bookType: format === 'xls' ? 'biff8' : 'ods' }) as Buffer;
	}
	return Readable.from(content(), { objectMode: false });
}
