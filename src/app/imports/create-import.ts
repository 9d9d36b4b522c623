import type { Readable } from 'node:stream';
import {
	DEFAULT_IMPORT_OPTIONS,
	type Import,
	type ImportOptions,
	type ImportRecordType,
	type ImportState,
} from '../../domain/import';
import { canonicalText } from '../../domain/canonical-text';
import { ReusedIdempotencyKeyError, UnreadableFileError } from '../errors';
import type { Fleet } from '../fleet';
import type { BlobStore, StoredBlob } from '../ports/blob-store';
import type { StoreSession } from '../ports/store';

export interface ImportUpload {
	readonly fileName: string;
	readonly content: Readable;
	readonly recordType: ImportRecordType;
	/** What is left out is as in `DEFAULT_IMPORT_OPTIONS`. */
	readonly options?: Partial<ImportOptions>;
	/** Who sent the file, or null. */
	readonly uploadedBy: string | null;
	/** Where it was fetched; default: it was sent. */
	readonly origin?: string | null;
	readonly etag?: string | null;
	/** Sent again with the same key, the file is not imported again. */
	readonly idempotencyKey?: string | null;
	/** Import a file, too, whose very content was imported before, or waits to be, in the same way. */
	readonly force?: boolean;
	/** Leave it `canceled`: it is resumed when somebody has looked at its preview. */
	readonly hold?: boolean;
}

export interface CreatedImport {
	readonly import: Import;
	/** Nothing was queued: `import` is the earlier one of the same file, or with the same key. */
	readonly known: boolean;
}

/** An import in one of these has left nothing, or not all, of its file in the fleet. */
const LEFT: ReadonlySet<ImportState> = new Set(['failed', 'canceled', 'undoing', 'undone']);

interface Deps {
	readonly fleet: Fleet;
	readonly blobs: BlobStore;
}

/**
 * Keeps the file, then queues its import: a crash in between leaves a file too many, never an import without its
 * file. A file that is known is not imported again unless it is forced. Rejects with `UnreadableFileError` when the
 * file is empty, and with `ReusedIdempotencyKeyError` when another file was sent with the key.
 */
export async function createImport({ fleet, blobs }: Deps, upload: ImportUpload): Promise<CreatedImport> {
	const blob = await blobs.put(upload.fileName, upload.content);
	let kept = false;
	try {
		if (blob.sizeBytes === 0) {
			throw new UnreadableFileError(
				`The file '${upload.fileName}' is empty`,
				'Check that its export or upload was complete, and send it again.',
			);
		}
		const { fileName, recordType, uploadedBy, origin = null, etag = null, idempotencyKey = null } = upload;
		const { key: blobKey, sha256, sizeBytes } = blob;
		const options = { ...DEFAULT_IMPORT_OPTIONS, ...upload.options };
		const file = { fileName, blobKey, sha256, sizeBytes, recordType, options };
		const fields = { ...file, uploadedBy, origin, etag, idempotencyKey };
		const result = await fleet.store.write(async (session): Promise<CreatedImport> => {
			const known =
				(await findByKey(session, idempotencyKey, blob)) ??
				(upload.force ? null : await findKnown(session, blob, recordType, options));
			if (known) return { import: known, known: true };
			const created = await session.imports.create(fields, fleet.clock());
			const held = upload.hold ? await session.imports.cancel(created.id, fleet.clock()) : null;
			return { import: held ?? created, known: false };
		});
		kept = !result.known;
		return result;
	} finally {
		if (!kept) await blobs.remove(blob.key);
	}
}

async function findByKey(
	{ imports }: StoreSession,
	idempotencyKey: string | null,
	{ sha256 }: StoredBlob,
): Promise<Import | null> {
	if (idempotencyKey === null) return null;
	const [known] = await imports.find({ where: { idempotencyKey }, limit: 1 });
	if (known && known.sha256 !== sha256) throw new ReusedIdempotencyKeyError(idempotencyKey, known.id);
	return known ?? null;
}

/** The newest import of the same content in the same way that stands. */
async function findKnown(
	{ imports }: StoreSession,
	{ sha256 }: StoredBlob,
	recordType: ImportRecordType,
	options: ImportOptions,
): Promise<Import | null> {
	const same = await imports.find({ where: { sha256, recordType }, descending: true });
	const wanted = canonicalText(options);
	return same.find((one) => !LEFT.has(one.state) && canonicalText(one.options) === wanted) ?? null;
}
