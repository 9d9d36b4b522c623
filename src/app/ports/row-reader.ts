import type { Readable } from 'node:stream';
import type { FileDialect, ImportRowError } from '../../domain/import';
import type { ImportPlan } from '../../domain/mapping/import-plan';
import type { SourceRow } from '../../domain/mapping/source-row';

/** A file to read, as often as it is opened. */
export interface SourceFile {
	readonly fileName: string;
	open(): Promise<Readable>;
}

export interface ReadOptions {
	/** What is known of how the file is to be read; the rest is found out. */
	readonly dialect?: FileDialect;
	/** Told before the first rows: given to another reading as its `dialect`, it makes that one give the same rows. */
	readonly onDialect?: (found: ImportPlan['dialect']) => void;
	/** Told as soon as it is known how many rows there are, refused ones included. */
	readonly onTotal?: (rows: number) => void;
}

/** A data row, or why there is none where one should be. */
export type ReadRow =
	| { readonly ok: true; readonly row: SourceRow }
	| {
			readonly ok: false;
			readonly error: ImportRowError;
			/** As they stand in the file, as far as they can be told apart: too few, too many, or the line as one. */
			readonly cells: readonly unknown[];
			/** Of the table that the row stands in; empty where it has none. */
			readonly columns: readonly string[];
	  };

/**
 * Tells the file's format from its content and name and reads it. Rows come in the file's order, some at a time,
 * except that the lists of one JSON come in the order in which they can refer to each other: customers, vehicles,
 * tasks, statuses. The same file always gives the same rows, so a reader can skip those that it has seen. What is
 * wrong with one row is that row's error; throws `UnreadableFileError` when the file as a whole cannot be read.
 */
export type RowReader = (file: SourceFile, options?: ReadOptions) => AsyncIterable<readonly ReadRow[]>;
