import type { FileRow } from '../imports/read-records';
import type { ImportOptions, ImportRecordType } from '../../domain/import';
import type { ImportMapping } from '../../domain/mapping/import-mapping';
import type { ImportPlan } from '../../domain/mapping/import-plan';

/** An uploaded file, and how it is to be understood. */
export interface RecordRequest {
	readonly fileName: string;
	readonly blobKey: string;
	readonly sizeBytes: number;
	readonly recordType: ImportRecordType;
	readonly options: ImportOptions;
	/** What was decided when the file was read first; null the first time. */
	readonly plan: ImportPlan | null;
	/** The mappings of earlier files, by their shape. */
	readonly remembered: ReadonlyMap<string, ImportMapping>;
	/** Rows that were decided by an earlier run: they are left out. */
	readonly skipRows: number;
}

export interface RecordListener {
	/** Before the first chunk. With questions in it, there is none. */
	onPlan(plan: ImportPlan): void;
	/** How many rows there are in all: an estimate while the file is read. */
	onTotal(rows: number, isExact: boolean): void;
}

/**
 * Reads an uploaded file as records, in chunks of as many as need little memory. Throws `UnreadableFileError` when it cannot be read as a whole,
 * `BlobNotFoundError` when it is gone.
 */
export type RecordSource = (
	request: RecordRequest,
	listener: RecordListener,
) => AsyncIterable<readonly FileRow[]>;
