import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { folderBlobStore } from '../../src/adapters/blob/folder-blob-store';
import { writeTable } from '../../src/adapters/export/write-table';
import { readRows } from '../../src/adapters/ingest/read-rows';
import { openStore } from '../../src/adapters/store/open-store';
import { exportList } from '../../src/app/exports/export-list';
import type { ExportQuery } from '../../src/app/exports/export-table';
import type { Fleet } from '../../src/app/fleet';
import { createImport } from '../../src/app/imports/create-import';
import { localRecords } from '../../src/app/imports/local-records';
import { runImport } from '../../src/app/imports/run-import';
import type { BlobStore } from '../../src/app/ports/blob-store';
import type { StoreSession } from '../../src/app/ports/store';
import type { TableOptions } from '../../src/app/ports/table-writer';
import type { Import, ImportOptions, ImportRecordType, ImportRowError } from '../../src/domain/import';

export const NOW = Date.UTC(2026, 2, 1);

/** A fleet on a SQLite file of its own that exports and imports. */
export interface ExportBench {
	readonly fleet: Fleet;
	readonly blobs: BlobStore;
	write<T>(work: (session: StoreSession) => Promise<T>): Promise<T>;
	read<T>(work: (session: StoreSession) => Promise<T>): Promise<T>;
	export(query: ExportQuery, options: TableOptions): Promise<{ fileName: string; bytes: Buffer }>;
	import(
		fileName: string,
		bytes: Buffer,
		recordType?: ImportRecordType,
		options?: Partial<ImportOptions>,
	): Promise<{ ended: Import; errors: ImportRowError[] }>;
	close(): Promise<void>;
}

export async function openExportBench(): Promise<ExportBench> {
	const dir = await mkdtemp(join(tmpdir(), 'fleet-export-'));
	const store = await openStore({ kind: 'sqlite', path: join(dir, 'fleet.sqlite') });
	const fleet = { store, clock: () => NOW };
	const blobs = folderBlobStore(join(dir, 'files'));
	let tokens = 0;
	return {
		fleet,
		blobs,
		write: async (work) => await store.write(work),
		read: async (work) => await store.read(work),
		async export(query, options) {
			const { fileName, content } = exportList({ fleet, writeTable }, query, options);
			return { fileName, bytes: await buffer(content) };
		},
		async import(fileName, bytes, recordType = 'auto', options = {}) {
			const content = Readable.from([bytes]);
			const upload = { fileName, content, recordType, options, uploadedBy: null, force: true };
			const { id } = (await createImport({ fleet, blobs }, upload)).import;
			const newToken = () => `token ${(tokens += 1)}`;
			const ended = await runImport({ fleet, records: localRecords(blobs, readRows), newToken }, { id });
			if (!ended) throw new Error(`The import ${id} could not be claimed`);
			const errors = await store.read(
				async ({ imports }) => await imports.errors(id, { limit: 100, offset: 0 }),
			);
			return { ended, errors };
		},
		async close() {
			await store.close();
			await rm(dir, { recursive: true });
		},
	};
}
