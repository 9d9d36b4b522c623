import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { folderBlobStore } from '../../src/adapters/blob/folder-blob-store';
import { readRows } from '../../src/adapters/ingest/read-rows';
import { openStore, type TypeOrmStore } from '../../src/adapters/store/open-store';
import { createImport } from '../../src/app/imports/create-import';
import { previewImport, type ImportPreview } from '../../src/app/imports/preview-import';
import { runImport, type RunImportDeps } from '../../src/app/imports/run-import';
import { undoImport } from '../../src/app/imports/undo-import';
import { requestUndo } from '../../src/app/records/imports';
import type { StoreSession } from '../../src/app/ports/store';
import type { BlobStore } from '../../src/app/ports/blob-store';
import { localRecords } from '../../src/app/imports/local-records';
import {
	DEFAULT_IMPORT_OPTIONS,
	type Import,
	type ImportOptions,
	type ImportRecordType,
	type ImportRowError,
} from '../../src/domain/import';

/** What the rows are, and what else was asked. */
export type Asked = ImportRecordType | (Partial<ImportOptions> & { readonly recordType?: ImportRecordType });

function parts(asked: Asked = 'auto') {
	if (typeof asked === 'string') return { recordType: asked, options: {} };
	const { recordType = 'auto', ...options } = asked;
	return { recordType, options };
}

/** A real store and a folder for files, under a clock that stands still. */
export interface ImportBench {
	readonly dir: string;
	readonly store: TypeOrmStore;
	readonly blobs: BlobStore;
	readonly deps: RunImportDeps & { readonly blobs: BlobStore };
	now: number;
	create(fileName: string, content: string | Buffer, asked?: Asked): Promise<Import>;
	/** Creates and runs an import, known or not. */
	take(fileName: string, content: string | Buffer, asked?: Asked): Promise<Import>;
	preview(fileName: string, content: string | Buffer, asked?: Asked): Promise<ImportPreview>;
	/** Takes an import back, a minute later. */
	undo(id: number): Promise<Import>;
	errors(id: number): Promise<ImportRowError[]>;
	read<T>(work: (session: StoreSession) => Promise<T>): Promise<T>;
	close(): Promise<void>;
}

/** On a new SQLite store, or the one given, which it closes. */
export async function openImportBench(given?: TypeOrmStore): Promise<ImportBench> {
	const dir = await mkdtemp(join(tmpdir(), 'fleet-import-'));
	const store = given ?? (await openStore({ kind: 'sqlite', path: join(dir, 'fleet.sqlite') }));
	const blobs = folderBlobStore(join(dir, 'files'));
	let tokens = 0;
	const bench: ImportBench = {
		dir,
		store,
		blobs,
		now: Date.UTC(2026, 2, 1),
		deps: {
			fleet: { store, clock: () => bench.now },
			blobs,
			records: localRecords(blobs, readRows),
			newToken: () => `token ${(tokens += 1)}`,
		},
		async create(fileName, content, asked) {
			const upload = {
				fileName,
				content: Readable.from([Buffer.from(content)]),
				...parts(asked),
				uploadedBy: 'ada',
				force: true,
			};
			return (await createImport(bench.deps, upload)).import;
		},
		async take(fileName, content, asked) {
			const { id } = await bench.create(fileName, content, asked);
			const ended = await runImport(bench.deps, { id });
			if (!ended) throw new Error(`The import ${id} could not be claimed`);
			return ended;
		},
		async preview(fileName, content, asked) {
			const { key, sizeBytes } = await blobs.put(fileName, Readable.from([Buffer.from(content)]));
			const { recordType, options } = parts(asked);
			const request = { fileName, blobKey: key, sizeBytes, recordType };
			return await previewImport(bench.deps, {
				...request,
				options: { ...DEFAULT_IMPORT_OPTIONS, ...options },
			});
		},
		async undo(id) {
			bench.now += 60_000;
			await requestUndo(bench.deps.fleet, { id });
			const undone = await undoImport(bench.deps, { id });
			if (!undone) throw new Error(`The import ${id} could not be claimed`);
			return undone;
		},
		errors: async (id) =>
			await store.read(async ({ imports }) => await imports.errors(id, { limit: 1_000, offset: 0 })),
		read: async (work) => await store.read(work),
		async close() {
			await store.close();
			await rm(dir, { recursive: true });
		},
	};
	return bench;
}

/** The example fleet's files by name. */
export async function exampleFiles(
	dir: string,
	vehicles = 1_000,
): Promise<(name: string) => Promise<string>> {
	const script = join(__dirname, '../../scripts/generate-fleet.mjs');
	const out = join(dir, 'example');
	execFileSync(process.execPath, [script, '--out', out, '--vehicles', String(vehicles)]);
	return async (name) => await readFile(join(out, name), 'utf8');
}
