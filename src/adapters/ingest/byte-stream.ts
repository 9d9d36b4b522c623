import type { Readable } from 'node:stream';
import { UnreadableFileError } from '../../app/errors';
import type { SourceFile } from '../../app/ports/row-reader';

/** What formats are told from. */
export const HEAD_BYTES = 65_536;
/** Streams may give a whole file as one chunk, and what is made of a chunk takes many times its size. */
const MAX_CHUNK_BYTES = 262_144;

export interface OpenedFile {
	/** The first 64 KB, or less where the file is smaller. */
	readonly head: Buffer;
	/** All of the file; its head comes as one chunk, perhaps with more. */
	readonly content: AsyncIterable<Buffer>;
	close(): void;
}

async function* chunksOf(stream: Readable): AsyncGenerator<Buffer> {
	for await (const chunk of stream as AsyncIterable<Buffer | string>) {
		const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
		for (let at = 0; at < bytes.length; at += MAX_CHUNK_BYTES) {
			yield bytes.subarray(at, at + MAX_CHUNK_BYTES);
		}
	}
}

export async function openWithHead(file: SourceFile): Promise<OpenedFile> {
	const stream = await file.open();
	const chunks = chunksOf(stream);
	const first: Buffer[] = [];
	let size = 0;
	while (size < HEAD_BYTES) {
		const chunk = await chunks.next();
		if (chunk.done) break;
		first.push(chunk.value);
		size += chunk.value.length;
	}
	const start = Buffer.concat(first);
	async function* content(): AsyncGenerator<Buffer> {
		if (start.length > 0) yield start;
		yield* chunks;
	}
	return {
		head: start.subarray(0, HEAD_BYTES),
		content: content(),
		close: () => void stream.destroy(),
	};
}

/** The whole file. Throws `UnreadableFileError` when it is larger than `maxBytes`. */
export async function readWhole(
	content: AsyncIterable<Buffer>,
	maxBytes: number,
	hint: string,
): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const bytes of content) {
		size += bytes.length;
		if (size > maxBytes) {
			throw new UnreadableFileError(`The file is larger than ${maxBytes / 1_000_000} MB`, hint);
		}
		chunks.push(bytes);
	}
	return Buffer.concat(chunks);
}
