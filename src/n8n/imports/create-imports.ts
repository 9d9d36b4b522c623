import { UnreadableFileError } from '../../app/errors';
import type { Import, ImportOptions, ImportRecordType } from '../../domain/import';
import { refusalOf } from '../refused-files';
import { awaitImport, hasEnded, type ImportDesk } from './await-import';
import { type FoundFile, lastImportOf } from './sources/found-file';

export interface CreateRequest {
	readonly recordType: ImportRecordType;
	readonly options: ImportOptions;
	readonly uploadedBy: string | null;
	readonly idempotencyKey: string | null;
	/** Import what was imported before. */
	readonly force: boolean;
	/** Leave out, rather than tell, what was imported before. */
	readonly onlyNew: boolean;
	/** Leave it canceled, to be resumed when a person has looked at it. */
	readonly hold: boolean;
	/** 0: the imports are run by others, later. */
	readonly waitMs: number;
}

export interface TakenFile {
	readonly entry: Import;
	/** It was imported before, or waits to be. */
	readonly known: boolean;
}

/** Queues the files' imports. Of several, one that is refused stops none of the others: the error comes in the end. */
export async function createImports(
	desk: ImportDesk,
	files: Iterable<FoundFile> | AsyncIterable<FoundFile>,
	request: CreateRequest,
): Promise<TakenFile[]> {
	const deadline = performance.now() + request.waitMs;
	const queued: (TakenFile & { readonly file: FoundFile })[] = [];
	const refusals: unknown[] = [];
	let place = 0;
	for await (const file of files) {
		place += 1;
		// A request's files have keys of their own, the same ones when it is sent again.
		const { idempotencyKey: key } = request;
		const idempotencyKey = key && place > 1 ? `${key} (${place})` : key;
		try {
			const found = await take(desk, file, { ...request, idempotencyKey });
			if (found) queued.push({ ...found, file });
		} catch (error) {
			refusals.push(error);
			if (error instanceof UnreadableFileError) await file.putAway?.('failed');
		}
	}
	const taken: TakenFile[] = [];
	for (const { file, entry: before, known } of queued) {
		const entry = await awaitImport(desk, before, Math.max(deadline - performance.now(), 0));
		await putAway(file, entry);
		if (!request.onlyNew || !known) taken.push({ entry, known });
	}
	if (refusals.length === 0) return taken;
	throw refusalOf(
		refusals,
		taken.map(({ entry }) => entry),
	);
}

async function take(desk: ImportDesk, file: FoundFile, request: CreateRequest): Promise<TakenFile | null> {
	const { fileName, origin, version } = file;
	if (origin !== null && version !== null && !request.force) {
		const last = await lastImportOf(desk, origin);
		if (last?.etag === version) return { entry: last, known: true };
	}
	const content = await file.open();
	if (!content) return null;
	const { context, itemIndex, runtime, fleet } = desk;
	const blobs = await runtime.openBlobs(context, itemIndex);
	const { recordType, options, uploadedBy, idempotencyKey, force, hold } = request;
	const { import: entry, known } = await runtime.createImport(
		{ fleet, blobs },
		{
			...{ fileName, content, recordType, options, uploadedBy },
			...{ origin, etag: version, idempotencyKey, force, hold },
		},
	);
	return { entry, known };
}

async function putAway({ putAway: move }: FoundFile, entry: Import): Promise<void> {
	if (move && hasEnded(entry)) await move(entry.state === 'done' ? 'done' : 'failed');
}
