/** What the thread runs that reads an import's file, beside the one that writes: bytes to checked records. */
import { parentPort, workerData } from 'node:worker_threads';
import { openBlobStore } from '../adapters/blob/open-blob-store';
import { readRows } from '../adapters/ingest/read-rows';
import { localRecords } from '../app/imports/local-records';
import type { RecordListener } from '../app/ports/record-source';
import { deferred } from './deferred';
import type { FromImportReader, ToImportReader } from './import-messages';
import { packRows } from './pack-rows';
import { toPlain } from './thread-messages';
import type { ReadImportWork } from './thread-work';

/** Of packed rows on their way to the writer, beside the last of them. */
const CHARACTERS_AHEAD = 1_000_000;

if (parentPort === null) throw new Error('This file is started by n8n-nodes-fleet, as a thread');
const parent = parentPort;
const tell = (message: FromImportReader) => parent.postMessage(message);

async function read({ blobs, request }: ReadImportWork): Promise<void> {
	let onTheirWay = 0;
	let room = deferred<void>();
	parent.on('message', ({ characters }: ToImportReader) => {
		onTheirWay -= characters;
		room.resolve();
	});
	const records = localRecords(openBlobStore(blobs), readRows);
	const listener: RecordListener = {
		onPlan: (plan) => tell({ type: 'plan', plan }),
		onTotal: (rows, isExact) => tell({ type: 'total', rows, isExact }),
	};
	for await (const chunk of records(request, listener)) {
		const rows = packRows(chunk);
		tell({ type: 'rows', rows });
		onTheirWay += rows.length;
		while (onTheirWay >= CHARACTERS_AHEAD) {
			room = deferred();
			await room.promise;
		}
	}
}

read(workerData as ReadImportWork).then(
	() => {
		tell({ type: 'end' });
		parent.close();
	},
	(error: unknown) => {
		tell({ type: 'failed', error: toPlain(error) });
		parent.close();
	},
);
