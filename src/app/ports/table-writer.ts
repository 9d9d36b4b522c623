import type { Readable } from 'node:stream';
import type { Attributes } from '../../domain/attributes';

export const TABLE_FORMATS = ['csv', 'xlsx', 'json', 'ndjson'] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

/** Objects and arrays are of formats with such things; elsewhere they become JSON. */
export type TableValue = string | number | boolean | null | object;

export interface TableRecord {
	/** Times are ISO 8601, UTC. */
	readonly fields: Readonly<Record<string, TableValue>>;
	readonly attributes?: Attributes;
}

export interface Table {
	/** Of the sheet. */
	readonly name: string;
	readonly fields: readonly string[];
	/** All attributes that any record has, in the order of their columns: reads the whole table once. */
	attributeNames(): Promise<readonly string[]>;
	/** From the first record on, each time. */
	pages(): AsyncIterable<readonly TableRecord[]>;
}

export interface TableOptions {
	readonly format: TableFormat;
	/** Of CSV; default a comma. */
	readonly delimiter?: string;
	/** Of CSV: begins with a byte order mark, by which Excel knows UTF-8; default true. */
	readonly bom?: boolean;
}

/**
 * The table as a file, written as it is read, a page in memory. Read again by an import it gives the same records;
 * no spreadsheet takes a text in it for a formula. The stream fails with `TableTooLargeError` where the format ends.
 */
export type TableWriter = (table: Table, options: TableOptions) => Readable;
