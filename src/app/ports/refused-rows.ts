import type { Readable } from 'node:stream';
import type { ImportPlan } from '../../domain/mapping/import-plan';

/** A row of a file that an import refused, as it stood there. */
export interface RefusedRow {
	/** Counted as in `ImportRowError`. */
	readonly list: string | null;
	readonly columns: readonly string[];
	/** As many as there are columns in a row that is whole. */
	readonly cells: readonly unknown[];
	/** False for one that could not be told apart, e.g. a line with a quote that is not closed. */
	readonly isWhole: boolean;
	readonly isText: boolean;
	readonly reason: string;
}

export interface RefusedRowsFile {
	/** Of the file's name, without the dot. */
	readonly extension: string;
	readonly content: Readable;
}

/**
 * The rows as a file of the format that they were in, each with its reason in a column of its own, to be mended and
 * imported again: the cells are read from it as they were from the first file. Rows of one list come together.
 */
export type RefusedRowsWriter = (
	dialect: ImportPlan['dialect'],
	rows: AsyncIterable<readonly RefusedRow[]>,
) => RefusedRowsFile;
