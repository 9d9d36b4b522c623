import { Readable } from 'node:stream';
import type { RefusedRowsWriter } from '../../app/ports/refused-rows';
import { encoderOf } from './encode-text';
import { oldWorkbook } from './old-workbook';
import { refusedCsv } from './refused-csv';
import { refusedJson, refusedNdjson } from './refused-json';
import { refusedSheet } from './refused-sheet';
import { type RefusedPages, tablesOf } from './refused-tables';
import { workbook } from './workbook';
import { type ZipEntry, zipFiles } from './zip-files';

/** Of an archive it makes an archive, with a file for each that had refused rows. */
export const writeRefused: RefusedRowsWriter = (dialect, rows) => {
	const encode = encoderOf(dialect.encoding);
	const text = (pieces: AsyncIterable<string>) => Readable.from(encode(pieces), { objectMode: false });
	switch (dialect.format) {
		case 'json':
			return { extension: 'json', content: text(refusedJson(rows, dialect.listPath)) };
		case 'ndjson':
			return { extension: 'ndjson', content: text(refusedNdjson(rows)) };
		case 'zip':
			return { extension: 'zip', content: zipFiles(archiveOf(rows)) };
		case 'xls':
		case 'ods':
			return { extension: dialect.format, content: oldWorkbook(dialect.format, dialect.sheet, rows) };
		case 'xlsx':
		case 'xlsb':
			return { extension: 'xlsx', content: workbook([refusedSheet(dialect.sheet, rows)]) };
		default:
			return { extension: 'csv', content: text(refusedCsv(rows, dialect.delimiter)) };
	}
};

/** A list is called after its file, and the list in it: its rows tell whether they are of a table or of objects. */
async function* archiveOf(rows: RefusedPages): AsyncGenerator<ZipEntry> {
	const encode = encoderOf();
	for await (const { list, isText, pages } of tablesOf(rows)) {
		const name = (list ?? 'rows').replace(/[\\/:*?"<>|]+/g, '-');
		yield isText
			? { path: `${name}.csv`, content: encode(refusedCsv(pages)) }
			: { path: `${name}.ndjson`, content: encode(refusedNdjson(pages)) };
	}
}
