import { setImmediate } from 'node:timers/promises';
import { FleetError } from '../../domain/errors';
import type { Import } from '../../domain/import';
import { feedProcessor } from '../feed/process-batch';
import type { Fleet } from '../fleet';
import type { BlobStore } from '../ports/blob-store';
import type { RowReader } from '../ports/row-reader';
import { appendEvent } from '../records/append-event';
import { inChunks, readRecords } from './read-records';
import { startOf, takeChunk, type ImportRun } from './take-chunk';

/** The feed whose inbox knows the status messages that came in files. */
export const IMPORT_FEED = 'import';

const CHUNK_ROWS = 500;
const LEASE_MS = 60_000;

export interface RunImportDeps {
	readonly fleet: Fleet;
	readonly blobs: BlobStore;
	readonly readers: RowReader;
	/** A text that no other run ever has. */
	readonly newToken: () => string;
	/** After how long without a checkpoint another run may take over; default a minute. */
	readonly leaseMs?: number;
}

/**
 * Takes one import's file into the fleet: the one with `id`, else the oldest that waits or was given up. Null when
 * there is none. Rows go in by chunks, each with its errors and the import's progress in one transaction, so that a
 * run after a crash goes on behind the last chunk and ends with the same result. Resolves with the import `done`
 * (perhaps with row errors) or `failed` (the file cannot be read). Of vehicles and customers only the end of the
 * import is an event, of tasks each one. Rejects when the store does, or with `LeaseLostError` when another run
 * took over: both leave the import to be continued.
 */
export async function runImport(deps: RunImportDeps, which: { id?: number } = {}): Promise<Import | null> {
	const { fleet, blobs, readers, newToken, leaseMs = LEASE_MS } = deps;
	const token = newToken();
	const { id } = which;
	const claim = { token, now: fleet.clock(), leaseMs, ...(id === undefined ? {} : { id }) };
	const claimed = await fleet.store.write(async ({ imports }) => await imports.claim(claim));
	if (!claimed) return null;
	const run: ImportRun = {
		fleet,
		feed: feedProcessor(fleet, { feed: IMPORT_FEED }),
		importId: claimed.id,
		token,
		leaseMs,
		progress: startOf(claimed),
	};
	const file = { fileName: claimed.fileName, open: async () => await blobs.open(claimed.blobKey) };
	let isStoreError = false;
	try {
		const rows = readRecords(readers, file, claimed.recordType);
		for await (const chunk of inChunks(rows, CHUNK_ROWS, claimed.rowsDone)) {
			isStoreError = true;
			await takeChunk(run, chunk);
			isStoreError = false;
			// A file in memory and a store in the process never wait: without this nobody else would get a turn.
			await setImmediate();
		}
	} catch (error) {
		if (isStoreError) throw error;
		// A file that breaks the reader would do so at every run: it must not come back for ever.
		return await finish(run, reasonOf(error));
	}
	return await finish(run, null);
}

function reasonOf(error: unknown): string {
	if (error instanceof FleetError) return `${error.message}. ${error.hint}`;
	return `The file cannot be read: ${error instanceof Error ? error.message : String(error)}`;
}

async function finish({ fleet, importId, token }: ImportRun, error: string | null): Promise<Import> {
	return await fleet.store.write(async (session) => {
		const at = fleet.clock();
		const ended = await session.imports.finish(importId, token, {
			state: error === null ? 'done' : 'failed',
			error,
			at,
		});
		await appendEvent(session, 'importEnded', ended, at);
		return ended;
	});
}
