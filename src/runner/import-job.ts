import type { BlobOptions } from '../adapters/blob/open-blob-store';
import type { StoreOptions } from '../adapters/store/store-options';
import type { ImportPreview } from '../app/imports/preview-import';
import type { RunImportDeps } from '../app/imports/run-import';
import type { RecordRequest } from '../app/ports/record-source';
import type { Import } from '../domain/import';

/** What a thread does about imports: plain data. */
export type ImportJob = {
	readonly store: StoreOptions;
	readonly blobs: BlobOptions;
} & ImportTask;

export type ImportTask =
	/** The import with `id`, else the oldest that waits. */
	| {
			readonly task: 'run' | 'undo';
			readonly id?: number;
			readonly timing?: Pick<RunImportDeps, 'leaseMs' | 'transactionMs'>;
	  }
	| {
			readonly task: 'preview';
			readonly request: Pick<RecordRequest, 'fileName' | 'blobKey' | 'sizeBytes' | 'recordType' | 'options'>;
			readonly limit: number;
	  };

/** By the job's task. */
export interface ImportResults {
	readonly run: Import | null;
	readonly undo: Import | null;
	readonly preview: ImportPreview;
}
