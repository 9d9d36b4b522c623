import type { Readable } from 'node:stream';
import type { Import } from '../../../domain/import';
import type { ImportDesk } from '../await-import';

/** A file that can be imported. */
export interface FoundFile {
	readonly fileName: string;
	/** Where it was found; null for one that was sent. */
	readonly origin: string | null;
	/** What its origin calls this version of it, or null. */
	readonly version: string | null;
	/** Null when it is gone meanwhile. */
	open(): Promise<Readable | null>;
	/** Where it is to be put away once its import has ended. */
	readonly putAway?: (folder: 'done' | 'failed') => Promise<void>;
}

/** The newest import of what was found at `origin`, or null. */
export async function lastImportOf({ fleet, runtime }: ImportDesk, origin: string): Promise<Import | null> {
	const found = await runtime.records.listImports(fleet, { where: { origin }, descending: true, limit: 1 });
	return found[0] ?? null;
}
