import type { MessageFormat } from './message-formats/message-format';
import type { ImportMapping } from './mapping/import-mapping';
import type { ImportPlan } from './mapping/import-plan';

/**
 * `pending` waits for its turn. `failed`, `canceled` and `undone` can be put back to `pending`. What a failed or
 * canceled import has taken stays until it is undone.
 */
export const IMPORT_STATES = [
	...(['pending', 'running', 'done', 'failed', 'canceled', 'undoing', 'undone'] as const),
] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** What the rows of a file are. `auto`: told from a JSON's list names, or from the columns. */
export const IMPORT_RECORD_TYPES = ['auto', 'vehicles', 'customers', 'statuses', 'tasks'] as const;
export type ImportRecordType = (typeof IMPORT_RECORD_TYPES)[number];

/** What happens to rows whose record is there, and to those whose record is not. */
export const IMPORT_MODES = ['createOrUpdate', 'create', 'update'] as const;
export type ImportMode = (typeof IMPORT_MODES)[number];

/** How the bytes of a file are to be read; what is left out is found out from the file. */
export interface FileDialect {
	/** Of CSV: one character. */
	readonly delimiter?: string;
	/** Of text: a label of the Encoding Standard, e.g. `utf-8`, `utf-16le`, `windows-1252`. */
	readonly encoding?: string;
	/** The 1-based row that names the columns; 0: there is none, and they are called Column 1, Column 2, ... */
	readonly headerRow?: number;
	/** Of a workbook: default its first. */
	readonly sheet?: string;
	/** Dotted path of the list inside of a JSON. */
	readonly listPath?: string;
}

/** What the operator asked for. */
export interface ImportOptions {
	readonly mode: ImportMode;
	readonly dialect: FileDialect;
	/** Null: the columns are recognised, or known from an earlier file of the same shape. */
	readonly mapping: ImportMapping | null;
	/** Of status messages: the shape that their sender gives them; null: columns, or the product's own shape. */
	readonly format: MessageFormat | null;
	/** Of the first 1,000 rows; with more bad ones nothing is taken. From 0 to 1; 1: never stop. */
	readonly maxBadShare: number;
}

export const DEFAULT_IMPORT_OPTIONS: ImportOptions = {
	mode: 'createOrUpdate',
	dialect: {},
	mapping: null,
	format: null,
	maxBadShare: 0.2,
};

export interface Import {
	readonly id: number;
	readonly fileName: string;
	readonly blobKey: string;
	/** Lower-case hexadecimal. */
	readonly sha256: string;
	readonly sizeBytes: number;
	readonly recordType: ImportRecordType;
	readonly uploadedBy: string | null;
	/** Where the file was fetched: a URL, `s3://bucket/key`, a path; null for one that was sent. */
	readonly origin: string | null;
	/** What its origin calls this version of the file (HTTP's ETag); null where it does not. */
	readonly etag: string | null;
	/** Given by the sender: the same key never makes a second import. */
	readonly idempotencyKey: string | null;
	readonly options: ImportOptions;
	/** How the file is read, decided when its first rows are; null before. */
	readonly plan: ImportPlan | null;
	readonly state: ImportState;
	/** Data rows of the file that are decided: taken into the store or refused. The next run goes on behind them. */
	readonly rowsDone: number;
	/** Of the whole file: an estimate while it is read (`rowsTotalIsExact`), null before. */
	readonly rowsTotal: number | null;
	readonly rowsTotalIsExact: boolean;
	readonly rowsCreated: number;
	readonly rowsUpdated: number;
	/** Taken, and there already just so. */
	readonly rowsUnchanged: number;
	readonly rowsFailed: number;
	/** Of the run that is under way, or was the last. */
	readonly rowsPerSecond: number | null;
	readonly cancelRequested: boolean;
	/** Records that an undoing left as they were, since something newer had changed them. */
	readonly undoLeft: number;
	/** Why the whole import ended as `failed`. */
	readonly error: string | null;
	readonly createdAt: number;
	readonly startedAt: number | null;
	readonly endedAt: number | null;
}

export type ImportFields = Pick<
	Import,
	| 'fileName'
	| 'blobKey'
	| 'sha256'
	| 'sizeBytes'
	| 'recordType'
	| 'uploadedBy'
	| 'origin'
	| 'etag'
	| 'idempotencyKey'
	| 'options'
>;

export interface ImportRowError {
	/** 1-based line of a CSV or sheet (the header is row 1), 1-based element of a JSON list. */
	readonly row: number;
	/** The JSON list, sheet or file of an archive that the row stood in, or null for a file that is one table. */
	readonly list: string | null;
	readonly column: string | null;
	readonly value: string | null;
	readonly message: string;
}
