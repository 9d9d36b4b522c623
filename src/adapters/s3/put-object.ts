import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { childText } from './s3-answer';
import type { S3Client } from './s3-client';

const PART_BYTES = 8 * 2 ** 20;

interface Measured {
	/** Lower-case hexadecimal. */
	readonly sha256: string;
	readonly sizeBytes: number;
}

/**
 * Stores a stream of any length under `key`, whole or not at all, with two parts of 8 MB in memory. S3 takes 10,000
 * parts: 80 GB. Rejects as `content` does, or with `FileServerError`.
 */
export async function putObject(client: S3Client, key: string, content: Readable): Promise<Measured> {
	const hash = createHash('sha256');
	let sizeBytes = 0;
	let upload: MultipartUpload | null = null;
	try {
		const parts = partsOf(content, (bytes) => {
			hash.update(bytes);
			sizeBytes += bytes.length;
		});
		for await (const { part, isLast } of parts) {
			if (isLast && !upload) {
				await client.tell({ method: 'PUT', key, body: part });
				break;
			}
			upload ??= await beginUpload(client, key);
			await upload.add(part);
		}
		await upload?.complete();
		return { sha256: hash.digest('hex'), sizeBytes };
	} catch (error) {
		// What is told is why it failed; a bucket's rule for unfinished uploads removes what could not be removed here.
		await upload?.abort().catch(() => undefined);
		throw error;
	}
}

/**
 * Parts of the same length, each of which is over when the next one is asked for; the last one is what remains, and is
 * empty for an empty stream only.
 */
async function* partsOf(content: Readable, onBytes: (bytes: Uint8Array) => void) {
	const part = Buffer.allocUnsafeSlow(PART_BYTES);
	let filled = 0;
	let given = 0;
	for await (const chunk of content) {
		let bytes = typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Uint8Array);
		onBytes(bytes);
		while (bytes.length > 0) {
			// A full part waits for the byte behind it: only then it is known not to be the last.
			if (filled === PART_BYTES) {
				yield { part, isLast: false };
				given++;
				filled = 0;
			}
			const taken = bytes.subarray(0, PART_BYTES - filled);
			part.set(taken, filled);
			filled += taken.length;
			bytes = bytes.subarray(taken.length);
		}
	}
	if (filled > 0 || given === 0) yield { part: part.subarray(0, filled), isLast: true };
}

interface MultipartUpload {
	add(part: Uint8Array<ArrayBuffer>): Promise<void>;
	complete(): Promise<void>;
	/** Leaves nothing, also where it is unknown whether completing it has worked. */
	abort(): Promise<void>;
}

async function beginUpload(client: S3Client, key: string): Promise<MultipartUpload> {
	const request = { method: 'POST', key, query: { uploads: '' }, once: true } as const;
	const begun = await client.ask(request, 'InitiateMultipartUploadResult');
	const uploadId = childText(begun, 'UploadId');
	const etags: string[] = [];
	let isCompleting = false;
	return {
		async add(part) {
			const query = { partNumber: String(etags.length + 1), uploadId };
			const headers = await client.tell({ method: 'PUT', key, query, body: part });
			etags.push(headers.get('etag') ?? '');
		},
		async complete() {
			const parts = etags.map(
				(etag, at) => `<Part><PartNumber>${at + 1}</PartNumber><ETag>${escapeXml(etag)}</ETag></Part>`,
			);
			const xml = `<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`;
			isCompleting = true;
			const body = Buffer.from(xml);
			const request = { method: 'POST', key, query: { uploadId }, body, once: true } as const;
			await client.ask(request, 'CompleteMultipartUploadResult');
		},
		async abort() {
			await client.tell({ method: 'DELETE', key, query: { uploadId } }).catch(() => undefined);
			if (isCompleting) await client.tell({ method: 'DELETE', key });
		},
	};
}

const escapeXml = (text: string) =>
	text.replace(/[&<>]/g, (found) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[found] ?? found);
