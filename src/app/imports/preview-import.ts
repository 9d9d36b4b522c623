import type { ImportRecordType, ImportRowError } from '../../domain/import';
import type { Fleet } from '../fleet';
import type { RowReader, SourceFile } from '../ports/row-reader';
import { expectChunk, seenSoFar, type PreviewRow } from './expect-chunk';
import { inChunks, readRecords, type MatchedTable } from './read-records';

const CHUNK_ROWS = 500;
/** Objects of one JSON list may differ in their names without end. */
const MAX_TABLES = 20;

export interface ImportPreview {
	readonly tables: readonly MatchedTable[];
	/** The first rows that would be taken. */
	readonly rows: readonly PreviewRow[];
	/** Of the whole file. */
	readonly rowsToCreate: number;
	readonly rowsToUpdate: number;
	readonly rowsToFail: number;
	/** The first errors, in the order of the file. */
	readonly errors: readonly ImportRowError[];
}

/**
 * Reads and checks a whole file as its import would, and writes nothing. `limit` bounds the rows and the errors that
 * are shown; default 50. What another writer changes meanwhile, and unique keys that rows of the file pass on among
 * each other, may make the import itself end differently. Throws `UnreadableFileError`.
 */
export async function previewImport(
	{ fleet, readers }: { readonly fleet: Fleet; readonly readers: RowReader },
	{ file, recordType, limit = 50 }: { file: SourceFile; recordType: ImportRecordType; limit?: number },
): Promise<ImportPreview> {
	const tables: MatchedTable[] = [];
	const rows: PreviewRow[] = [];
	const errors: ImportRowError[] = [];
	const counts = { rowsToCreate: 0, rowsToUpdate: 0, rowsToFail: 0 };
	const seen = seenSoFar();
	const records = readRecords(readers, file, recordType, (table) => {
		if (tables.length < MAX_TABLES) tables.push(table);
	});
	for await (const chunk of inChunks(records, CHUNK_ROWS)) {
		const now = fleet.clock();
		const expected = await fleet.store.read(async (session) => await expectChunk(session, chunk, seen, now));
		for (const result of expected) {
			if (result.outcome === 'fail') {
				counts.rowsToFail += 1;
				if (errors.length < limit) errors.push(result.error);
				continue;
			}
			counts[result.outcome === 'create' ? 'rowsToCreate' : 'rowsToUpdate'] += 1;
			if (rows.length < limit) rows.push(result);
		}
	}
	return { tables, rows, ...counts, errors };
}
