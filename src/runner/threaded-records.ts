import { Worker } from 'node:worker_threads';
import type { BlobOptions } from '../adapters/blob/open-blob-store';
import { UnreadableFileError } from '../app/errors';
import type { FileRow } from '../app/imports/read-records';
import type { RecordListener, RecordRequest, RecordSource } from '../app/ports/record-source';
import { deferred } from './deferred';
import type { FromImportReader, ToImportReader } from './import-messages';
import { unpackRows, type PackedRows } from './pack-rows';
import { threadFile } from './thread-file';
import { fromPlain } from './thread-messages';
import type { ReadImportWork } from './thread-work';

/** The reader's batches are put together to so many rows, if they are there: each statement is for all of them. */
const CHUNK_ROWS = 2_000;
const CHUNK_CHARACTERS = 1_000_000;
/** A workbook is read whole, text is not: a smaller memory is kept cleaner. */
const WORKBOOK_MEMORY_MB = 1_000;
const TEXT_MEMORY_MB = 256;
const TEXT = /\.(csv|tsv|txt|json|ndjson|jsonl|geojson)$/i;

/** Reads uploaded files in a thread of its own, beside the one that asks, and with a memory of its own. */
export function threadedRecords(blobs: BlobOptions): RecordSource {
	return (request, listener) => readBeside(blobs, request, listener);
}

async function* readBeside(
	blobs: BlobOptions,
	request: RecordRequest,
	listener: RecordListener,
): AsyncGenerator<readonly FileRow[]> {
	const memoryMb = TEXT.test(request.fileName) ? TEXT_MEMORY_MB : WORKBOOK_MEMORY_MB;
	const workerData: ReadImportWork = { does: 'readImport', blobs, request };
	const worker = new Worker(threadFile(), {
		workerData,
		name: `fleet read ${request.fileName}`.slice(0, 60),
		resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 4 },
	});
	const arrived: PackedRows[] = [];
	let news = deferred<void>();
	let hasEnded = false;
	let failure: Error | null = null;
	const wake = () => news.resolve();
	worker.on('message', (message: FromImportReader) => {
		if (message.type === 'plan') listener.onPlan(message.plan);
		else if (message.type === 'total') listener.onTotal(message.rows, message.isExact);
		else if (message.type === 'rows') arrived.push(message.rows);
		else if (message.type === 'end') hasEnded = true;
		else failure = fromPlain(message.error);
		wake();
	});
	worker.on('error', (error: Error & { code?: string }) => {
		failure = error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooLarge(memoryMb) : error;
		wake();
	});
	worker.on('exit', (code) => {
		if (!hasEnded) failure ??= new Error(`The thread that reads the file ended with code ${code}`);
		wake();
	});
	try {
		for (;;) {
			const chunk: FileRow[] = [];
			let characters = 0;
			while (chunk.length < CHUNK_ROWS && characters < CHUNK_CHARACTERS) {
				const packed = arrived.shift();
				if (packed === undefined) break;
				characters += packed.length;
				for (const row of unpackRows(packed)) chunk.push(row);
			}
			if (chunk.length > 0) {
				const taken: ToImportReader = { type: 'taken', characters };
				worker.postMessage(taken);
				yield chunk;
				continue;
			}
			if (failure) throw failure as Error;
			if (hasEnded) return;
			news = deferred();
			await news.promise;
		}
	} finally {
		await worker.terminate();
	}
}

const tooLarge = (memoryMb: number) =>
	new UnreadableFileError(
		`The file needs more than ${memoryMb} MB of memory to be read`,
		'Save it as CSV or NDJSON, which may be of any size, or split it.',
	);
