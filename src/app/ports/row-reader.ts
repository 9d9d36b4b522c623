import type { Readable } from 'node:stream';
import type { ImportRowError } from '../../domain/import';
import type { SourceRow } from '../../domain/mapping/source-row';

/** A file to read, as often as it is opened. */
export interface SourceFile {
	readonly fileName: string;
	open(): Promise<Readable>;
}

export interface ReadOptions {
	/** The sheet of a workbook; default: its first. Other formats have none. */
	readonly sheet?: string;
}

/** A data row, or why there is none where one should be. */
export type ReadRow =
	{ readonly ok: true; readonly row: SourceRow } | { readonly ok: false; readonly error: ImportRowError };

/**
 * Tells the file's format from its content and name and reads it. Rows come in the file's order, some at a time,
 * except that the lists of one JSON come in the order in which they can refer to each other: customers, vehicles,
 * tasks, statuses. The same file always gives the same rows, so a reader can skip those that it has seen. What is
 * wrong with one row is that row's error; throws `UnreadableFileError` when the file as a whole cannot be read.
 */
export type RowReader = (file: SourceFile, options?: ReadOptions) => AsyncIterable<readonly ReadRow[]>;
