import { Transform } from 'node:stream';
import type { BlobStore } from '../ports/blob-store';
import type { RecordListener, RecordRequest, RecordSource } from '../ports/record-source';
import type { RowReader } from '../ports/row-reader';
import { behind, readRecords, type FileRow } from './read-records';

/** Reads uploaded files in the thread that asks. */
export function localRecords(blobs: BlobStore, readers: RowReader): RecordSource {
	return (request, listener) => readChunks(blobs, readers, request, listener);
}

async function* readChunks(
	blobs: BlobStore,
	readers: RowReader,
	request: RecordRequest,
	{ onPlan, onTotal }: RecordListener,
): AsyncGenerator<readonly FileRow[]> {
	const { fileName, blobKey, sizeBytes, recordType, options, plan, remembered } = request;
	let bytesRead = 0;
	let rowsRead = 0;
	let isExact = false;
	const count = () =>
		new Transform({
			transform(bytes: Buffer, _encoding, done) {
				bytesRead += bytes.length;
				done(null, bytes);
			},
		});
	const file = {
		fileName,
		open: async () => {
			bytesRead = 0;
			const content = await blobs.open(blobKey);
			const counted = count();
			content.on('error', (error) => counted.destroy(error));
			counted.on('close', () => content.destroy());
			return content.pipe(counted);
		},
	};
	const rows = readRecords(
		readers,
		file,
		{ recordType, options, plan, remembered: () => remembered },
		{
			onPlan,
			onTotal: (total) => {
				isExact = true;
				onTotal(total, true);
			},
		},
	);
	for await (const chunk of behind(rows, request.skipRows)) {
		rowsRead += chunk.length;
		// What is left of the file is taken to be like what was read, the reader's lead included.
		if (!isExact && bytesRead > 0) {
			onTotal(Math.round(((request.skipRows + rowsRead) * sizeBytes) / bytesRead), false);
		}
		yield chunk;
	}
}
