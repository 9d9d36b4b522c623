import type { Readable } from 'node:stream';
import type { Import, ImportRecordType } from '../../domain/import';
import { UnreadableFileError } from '../errors';
import type { Fleet } from '../fleet';
import type { BlobStore, StoredBlob } from '../ports/blob-store';
import type { StoreSession } from '../ports/store';

export interface ImportUpload {
	readonly fileName: string;
	readonly content: Readable;
	readonly recordType: ImportRecordType;
	/** Who sent the file, or null. */
	readonly uploadedBy: string | null;
	/** Leave a file alone whose very content is imported, or waits to be, as the same kind of records. */
	readonly skipKnown?: boolean;
}

/** An import of the same content that has not failed. */
async function findKnown(
	{ imports }: StoreSession,
	{ sha256 }: StoredBlob,
	recordType: ImportRecordType,
): Promise<Import | null> {
	const same = await imports.find({ where: { sha256, recordType } });
	return same.find(({ state }) => state !== 'failed') ?? null;
}

/**
 * Keeps the file, then queues its import: a crash in between leaves a file too many, never an import without its
 * file. `known` tells that nothing was queued because of `skipKnown`, and `import` is the earlier one. Rejects with
 * `UnreadableFileError` when the file is empty.
 */
export async function createImport(
	{ fleet, blobs }: { readonly fleet: Fleet; readonly blobs: BlobStore },
	upload: ImportUpload,
): Promise<{ import: Import; known: boolean }> {
	const blob = await blobs.put(upload.fileName, upload.content);
	let kept = false;
	try {
		if (blob.sizeBytes === 0) {
			throw new UnreadableFileError(
				`The file '${upload.fileName}' is empty`,
				'Check that its export or upload was complete, and send it again.',
			);
		}
		const result = await fleet.store.write(async (session) => {
			const known = upload.skipKnown ? await findKnown(session, blob, upload.recordType) : null;
			if (known) return { import: known, known: true };
			const { fileName, recordType, uploadedBy } = upload;
			const { key: blobKey, sha256, sizeBytes } = blob;
			const fields = { fileName, blobKey, sha256, sizeBytes, recordType, uploadedBy };
			return { import: await session.imports.create(fields, fleet.clock()), known: false };
		});
		kept = !result.known;
		return result;
	} finally {
		if (!kept) await blobs.remove(blob.key);
	}
}
