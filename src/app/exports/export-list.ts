import type { Readable } from 'node:stream';
import type { Fleet } from '../fleet';
import type { TableOptions, TableWriter } from '../ports/table-writer';
import { type ExportQuery, exportTable } from './export-table';

export interface ExportedFile {
	/** e.g. `vehicles-2026-03-02.csv`. */
	readonly fileName: string;
	readonly mimeType: string;
	readonly content: Readable;
}

const MIME_TYPES = {
	csv: 'text/csv',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	json: 'application/json',
	ndjson: 'application/x-ndjson',
} as const;

/** A list of the store as a file, which is written as it is read. */
export function exportList(
	{ fleet, writeTable }: { readonly fleet: Fleet; readonly writeTable: TableWriter },
	query: ExportQuery,
	options: TableOptions,
): ExportedFile {
	const day = new Date(fleet.clock()).toISOString().slice(0, 10);
	return {
		fileName: `${query.list}-${day}.${options.format}`,
		mimeType: MIME_TYPES[options.format],
		content: writeTable(exportTable(fleet, query), options),
	};
}
