import { UnreadableFileError } from '../../app/errors';
import type { ReadRow } from '../../app/ports/row-reader';
import { rowError } from '../../domain/mapping/source-row';
import { assembleRecords, type AssembledRecord } from './assemble-records';
import { detectDelimiter } from './csv-record';
import { decodeText } from './decode-text';
import { splitLines } from './split-lines';
import { tableColumns } from './table-columns';

const LINES_TO_LOOK_AT = 20;

/**
 * A table with a header, separated by comma, semicolon or tab (told from its first lines, or from the `sep=` line
 * that spreadsheets write). Line ends inside cells become LF; rows whose cells are all empty are left out. A row
 * with too few or too many cells, or with a quote that is not closed, is that row's error.
 */
export async function* readCsv(content: AsyncIterable<Buffer>): AsyncGenerator<ReadRow[]> {
	let columns: string[] | null = null;
	let assembler: ReturnType<typeof assembleRecords> | null = null;

	function toRows(records: readonly AssembledRecord[]): ReadRow[] {
		const rows: ReadRow[] = [];
		for (const record of records) {
			const place = { row: record.line, list: null };
			if (!columns) {
				if ('message' in record) {
					const hint = 'Mend the first row: it has to name the columns.';
					throw new UnreadableFileError(`The header cannot be read: ${record.message}`, hint);
				}
				columns = tableColumns(record.cells);
			} else if ('message' in record) {
				rows.push({ ok: false, error: rowError(place, record.message) });
			} else if (record.cells.some((cell) => cell !== '')) {
				rows.push({ ok: true, row: { ...place, columns, cells: record.cells, isText: true } });
			}
		}
		return rows;
	}

	for await (const lines of splitLines(decodeText(content))) {
		let records: AssembledRecord[] = [];
		const rows: ReadRow[] = [];
		for (let line of lines) {
			if (!assembler) {
				const separator = /^sep=(.)$/i.exec(line)?.[1];
				const delimiter = separator ?? detectDelimiter(lines.slice(0, LINES_TO_LOOK_AT));
				assembler = assembleRecords(delimiter, () => columns?.length ?? null);
				if (separator) line = '';
			}
			assembler.push(line, records);
			// The header's width has to be known before the next line is judged by it.
			if (!columns) {
				rows.push(...toRows(records));
				records = [];
			}
		}
		rows.push(...toRows(records));
		if (rows.length > 0) yield rows;
	}
	const records: AssembledRecord[] = [];
	assembler?.end(records);
	const rows = toRows(records);
	if (rows.length > 0) yield rows;
}
