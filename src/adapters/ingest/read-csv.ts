import { UnreadableFileError } from '../../app/errors';
import type { ReadRow } from '../../app/ports/row-reader';
import { rowError } from '../../domain/mapping/source-row';
import type { OpenedFile } from './byte-stream';
import { CsvRecords, type CsvSink } from './csv-records';
import { findDialect } from './find-dialect';
import { eachLine, lineBlocks } from './line-blocks';
import type { Reading } from './reading';
import { numberedColumns, tableColumns } from './table-columns';
import { decodeLines, encodingToRead, hasUndecoded, showUndecoded, toAsciiCompatible } from './text-encoding';

const SAMPLE_LENGTH = 65_536;

/** Makes rows of records; those above the header are none. */
class CsvRows implements CsvSink {
	rows: ReadRow[] = [];
	/** Whether any text so far had bytes that are no characters, so that the cells have to be looked at. */
	isSuspicious = false;
	private columns: string[] | null = null;
	readonly records: CsvRecords;

	constructor(
		delimiter: string,
		private readonly headerRow: number,
		columns: number,
	) {
		this.records = new CsvRecords(delimiter, this);
		if (headerRow === 0) this.name(numberedColumns(columns), columns);
	}

	private name(columns: string[], least: number): void {
		this.columns = columns;
		this.records.width = { least, most: columns.length };
	}

	record(row: number, cells: string[]): void {
		if (this.isSuspicious && this.refuseUndecoded(row, cells)) return;
		const { columns } = this;
		if (columns) {
			if (cells.every((cell) => cell === '')) return;
			this.rows.push({ ok: true, row: { row, list: null, columns, cells, isText: true } });
		} else if (row >= this.headerRow) {
			const named = cells.findLastIndex((cell) => cell.trim() !== '') + 1;
			this.name(tableColumns(cells), named);
		}
	}

	error(row: number, message: string, cells: readonly string[]): void {
		if (this.columns) {
			const error = rowError({ row, list: null }, message);
			this.rows.push({ ok: false, error, cells: cells.map(showUndecoded), columns: this.columns });
		} else if (row >= this.headerRow) {
			const hint = 'Mend the row that names the columns.';
			throw new UnreadableFileError(`The header cannot be read: ${message}`, hint);
		}
	}

	private refuseUndecoded(row: number, cells: readonly string[]): boolean {
		const bad = cells.findIndex((cell) => cell.includes('\0') || hasUndecoded(cell));
		if (bad < 0) return false;
		const what = hasUndecoded(cells[bad] ?? '')
			? 'The cell has bytes that are not UTF-8, as the rest of the file is: save the file as UTF-8, or choose its encoding'
			: 'The cell holds a NUL character: delete it, or save the file again as text';
		if (!this.columns) {
			if (row >= this.headerRow)
				throw new UnreadableFileError(`The header cannot be read: ${what}`, 'Mend it.');
			return true;
		}
		const shown = cells.map(showUndecoded);
		const error = rowError({ row, list: null }, what, this.columns[bad] ?? null, shown[bad]);
		this.rows.push({ ok: false, error, cells: shown, columns: this.columns });
		return true;
	}
}

/**
 * A table in text. Row numbers are lines; line ends inside cells stay what they are; rows whose cells are all empty
 * are left out. A row with too few or too many cells, with a quote that is not closed, or with bytes that are no
 * text, is that row's error.
 */
export async function* readCsv(
	{ head, content }: Pick<OpenedFile, 'head' | 'content'>,
	reading: Reading,
): AsyncGenerator<ReadRow[]> {
	const { dialect } = reading;
	const encoding = encodingToRead(head, dialect.encoding);
	const decode = decodeLines(encoding);
	let rows: CsvRows | null = null;
	let sample = '';
	let isSampleSuspicious = false;

	function begin(): CsvRows {
		const found = findDialect(sample, dialect);
		const { delimiter, headerRow } = found;
		reading.onDialect({ format: 'csv', ...(encoding && { encoding }), delimiter, headerRow });
		const made = new CsvRows(delimiter, headerRow, found.columns);
		made.isSuspicious = isSampleSuspicious;
		eachLine(found.hasSeparatorLine ? sample.replace(/^[^\r\n]*/, '') : sample, made.records.push);
		return made;
	}

	for await (const block of lineBlocks(toAsciiCompatible(content, encoding))) {
		const { text, isSuspicious } = decode(block);
		if (rows) {
			rows.isSuspicious ||= isSuspicious;
			eachLine(text, rows.records.push);
		} else {
			sample += text;
			isSampleSuspicious ||= isSuspicious;
			if (sample.length < SAMPLE_LENGTH) continue;
			rows = begin();
		}
		if (rows.rows.length > 0) yield rows.rows.splice(0);
	}
	rows ??= begin();
	rows.records.end();
	if (rows.rows.length > 0) yield rows.rows.splice(0);
}
