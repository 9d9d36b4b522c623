export type ImportState = 'pending' | 'running' | 'done' | 'failed';

/** What the rows of a file are. `auto`: told from a JSON's list names, or from the columns. */
export const IMPORT_RECORD_TYPES = ['auto', 'vehicles', 'customers', 'statuses', 'tasks'] as const;
export type ImportRecordType = (typeof IMPORT_RECORD_TYPES)[number];

export interface Import {
	readonly id: number;
	readonly fileName: string;
	readonly blobKey: string;
	/** Lower-case hexadecimal. */
	readonly sha256: string;
	readonly sizeBytes: number;
	readonly recordType: ImportRecordType;
	readonly uploadedBy: string | null;
	readonly state: ImportState;
	/** Data rows of the file that are decided: taken into the store or refused. The next run goes on behind them. */
	readonly rowsDone: number;
	readonly rowsCreated: number;
	readonly rowsUpdated: number;
	readonly rowsFailed: number;
	/** Why the whole import ended as `failed`. */
	readonly error: string | null;
	readonly createdAt: number;
	readonly startedAt: number | null;
	readonly endedAt: number | null;
}

export type ImportFields = Pick<
	Import,
	'fileName' | 'blobKey' | 'sha256' | 'sizeBytes' | 'recordType' | 'uploadedBy'
>;

export interface ImportRowError {
	/** 1-based line of a CSV or sheet (the header is row 1), 1-based element of a JSON list. */
	readonly row: number;
	/** The JSON list the row stood in, or null for a file that is one table. */
	readonly list: string | null;
	readonly column: string | null;
	readonly value: string | null;
	readonly message: string;
}
