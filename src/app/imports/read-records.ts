import type { ImportRecordType, ImportRowError } from '../../domain/import';
import { interpretRow, type RecordRow } from '../../domain/mapping/interpret-row';
import { listOf, type ImportList } from '../../domain/mapping/list-names';
import { guessList, matchColumns, type ColumnMatch } from '../../domain/mapping/match-columns';
import { rowError, type SourceRow } from '../../domain/mapping/source-row';
import { UnreadableFileError } from '../errors';
import type { ReadRow, RowReader, SourceFile } from '../ports/row-reader';

/** A table of the file, or objects of one list that have the same names. */
export interface MatchedTable {
	readonly list: string | null;
	readonly kind: ImportList;
	readonly columns: readonly ColumnMatch[];
}

/** A row that can be taken, as far as the file alone tells, or the error that keeps it from being. */
export type FileRow =
	| {
			readonly ok: true;
			readonly record: RecordRow;
			readonly source: SourceRow;
			readonly table: MatchedTable;
	  }
	| { readonly ok: false; readonly error: ImportRowError };

/** Told of each table before its first row. */
export type OnTable = (table: MatchedTable) => void;

/** What a record is recognised by within its file, by field, and how a person calls that field. */
function keyOf(record: RecordRow): { field: string; called: string; value: string } | null {
	if (record.kind === 'vehicles') {
		const called = { vin: 'VIN', externalId: 'external id', plate: 'plate' }[record.key];
		return { field: record.key, called, value: record.fields[record.key] ?? '' };
	}
	const externalId = record.kind === 'customers' ? record.fields.externalId : null;
	return externalId ? { field: 'externalId', called: 'external id', value: externalId } : null;
}

/**
 * The rows of a file as records, the same at every reading. Of rows with the same key the first counts, the others
 * are errors that name it. Throws `UnreadableFileError`, also when the columns do not tell what the rows are.
 */
export async function* readRecords(
	readers: RowReader,
	file: SourceFile,
	recordType: ImportRecordType,
	onTable: OnTable = () => undefined,
): AsyncGenerator<FileRow[]> {
	const firstRows = new Map<string, number>();
	let table: MatchedTable | null = null;
	let columns: readonly string[] | null = null;

	function tableOf(row: SourceRow): MatchedTable {
		if (table && columns === row.columns && table.list === row.list) return table;
		const named = row.list === null ? null : listOf(row.list);
		const same = table?.list === row.list ? table.kind : null;
		const kind = named ?? (recordType === 'auto' ? (guessList(row.columns) ?? same) : recordType);
		if (!kind) {
			throw new UnreadableFileError(
				`The columns ${row.columns.slice(0, 20).join(', ')} do not tell what the rows are`,
				'Choose what they are: vehicles, customers, tasks or status messages.',
			);
		}
		columns = row.columns;
		table = { list: row.list, kind, columns: matchColumns(kind, row.columns) };
		onTable(table);
		return table;
	}

	function toFileRow(read: ReadRow): FileRow {
		if (!read.ok) return read;
		const source = read.row;
		const matched = tableOf(source);
		const record = interpretRow(matched.kind, source, matched.columns);
		if (record.kind === 'error') return { ok: false, error: record.error };
		const key = keyOf(record);
		if (key) {
			const name = `${record.kind} ${key.field} ${key.value}`;
			const first = firstRows.get(name);
			if (first !== undefined) {
				const column = matched.columns.find(({ target }) => target === key.field)?.column ?? key.field;
				const message = `The ${key.called} '${key.value}' stands in row ${first} already`;
				return { ok: false, error: rowError(source, message, column, key.value) };
			}
			firstRows.set(name, source.row);
		}
		return { ok: true, record, source, table: matched };
	}

	for await (const rows of readers(file)) yield rows.map(toFileRow);
}

/**
 * Leaves out the first `skip` rows and puts the others together to chunks of at most `size`, status messages apart
 * from records, since those go through the feed.
 */
export async function* inChunks(
	rows: AsyncIterable<readonly FileRow[]>,
	size: number,
	skip = 0,
): AsyncGenerator<FileRow[]> {
	let left = skip;
	let chunk: FileRow[] = [];
	let isStatuses: boolean | null = null;
	for await (const some of rows) {
		for (const row of some) {
			if (left > 0) {
				left -= 1;
				continue;
			}
			const isStatus: boolean | null = row.ok ? row.record.kind === 'statuses' : isStatuses;
			if (chunk.length === size || (isStatuses !== null && isStatus !== isStatuses)) {
				yield chunk;
				chunk = [];
			}
			isStatuses = isStatus;
			chunk.push(row);
		}
	}
	if (chunk.length > 0) yield chunk;
}
