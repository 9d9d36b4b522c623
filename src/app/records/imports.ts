import type { Import, ImportOptions, ImportRowError, ImportState } from '../../domain/import';
import type { KeptRecord } from '../../domain/import-change';
import { ImportStateError } from '../errors';
import type { Fleet } from '../fleet';
import type { RecordQuery } from '../ports/store-records';
import { findById } from './find-record';
import type { RecordRef } from './record-ref';

export async function getImport(fleet: Fleet, ref: RecordRef): Promise<Import> {
	return await fleet.store.read(async (session) => await findById('import', session.imports, ref));
}

export async function listImports(fleet: Fleet, query: RecordQuery<Import> = {}): Promise<Import[]> {
	return await fleet.store.read(async ({ imports }) => await imports.find(query));
}

/** The rows that were refused, in the order of the file. */
export async function listImportErrors(
	fleet: Fleet,
	ref: RecordRef,
	page: { limit: number; offset: number },
): Promise<ImportRowError[]> {
	return await fleet.store.read(async (session) => {
		const { id } = await findById('import', session.imports, ref);
		return await session.imports.errors(id, page);
	});
}

/** What an undoing left as it was, in the order in which it went. */
export async function listKeptRecords(
	fleet: Fleet,
	ref: RecordRef,
	page: { limit: number; offset: number },
): Promise<KeptRecord[]> {
	return await fleet.store.read(async (session) => {
		const { id } = await findById('import', session.imports, ref);
		return await session.imports.kept(id, page);
	});
}

/** One that waits is canceled at once, one that runs at its next chunk: what it has taken stays until it is undone. */
export async function cancelImport(fleet: Fleet, ref: RecordRef): Promise<Import> {
	return await fleet.store.write(async (session) => {
		const entry = await findById('import', session.imports, ref);
		const canceled = await session.imports.cancel(entry.id, fleet.clock());
		if (canceled) return canceled;
		throw new ImportStateError(entry.id, entry.state, 'canceled', ['pending', 'running']);
	});
}

const RESUMABLE: readonly ImportState[] = ['failed', 'canceled', 'undone'];

/** Back to the queue: it goes on where it stopped, or, undone, begins anew. `changes`: what it asked, answered. */
export async function resumeImport(
	fleet: Fleet,
	ref: RecordRef,
	changes: Partial<ImportOptions> = {},
): Promise<Import> {
	return await fleet.store.write(async (session) => {
		const { id, state, options } = await findById('import', session.imports, ref);
		if (!RESUMABLE.includes(state)) throw new ImportStateError(id, state, 'resumed', RESUMABLE);
		return await session.imports.requeue(id, { ...options, ...changes });
	});
}

const UNDOABLE: readonly ImportState[] = ['done', 'failed', 'canceled'];

/** Marks it to be undone by `undoImport`, which works in the background. */
export async function requestUndo(fleet: Fleet, ref: RecordRef): Promise<Import> {
	return await fleet.store.write(async (session) => {
		const entry = await findById('import', session.imports, ref);
		const { id, state } = entry;
		if (state === 'undoing') return entry;
		if (!UNDOABLE.includes(state)) throw new ImportStateError(id, state, 'undone', UNDOABLE);
		return await session.imports.requestUndo(id);
	});
}

/**
 * The records that it brought stay. `removeBlob` is given the uploaded file's key once no import needs it, after
 * the commit: a crash in between leaves a file too many, never an import without its file.
 */
export async function removeImport(
	fleet: Fleet,
	ref: RecordRef,
	removeBlob: (blobKey: string) => Promise<unknown>,
): Promise<Import> {
	const { removed, isLast } = await fleet.store.write(async (session) => {
		const entry = await findById('import', session.imports, ref);
		await session.imports.remove(entry.id);
		const others = await session.imports.count({ where: { blobKey: entry.blobKey } });
		return { removed: entry, isLast: others === 0 };
	});
	if (isLast) await removeBlob(removed.blobKey);
	return removed;
}
