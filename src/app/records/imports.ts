import type { Import, ImportRowError } from '../../domain/import';
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
