import type { Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import { UnreadableFileError } from '../../app/errors';

/** Whether bytes are UTF-8, as far as they go: the last character may be cut. */
function isUtf8(bytes: Uint8Array): boolean {
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
		return true;
	} catch {
		return false;
	}
}

function encodingOf(head: Uint8Array): string {
	if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
	if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
	return isUtf8(head) ? 'utf-8' : 'windows-1252';
}

/**
 * Text of a file as UTF-8, as UTF-16 where it has that byte order mark, else as Windows-1252, which is what
 * spreadsheets in western Europe save; told from its first chunk. The byte order mark is left out.
 */
export async function* decodeText(content: AsyncIterable<Buffer> | Iterable<Buffer>): AsyncGenerator<string> {
	let decoder: TextDecoder | null = null;
	for await (const bytes of content) {
		decoder ??= new TextDecoder(encodingOf(bytes));
		const text = decoder.decode(bytes, { stream: true });
		if (text) yield text;
	}
	const rest = decoder?.decode();
	if (rest) yield rest;
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

/** The stream's chunks as bytes, after a head of at least `headBytes` where the file has as many. */
export async function withHead(
	stream: Readable,
	headBytes: number,
): Promise<{ head: Buffer; content: AsyncIterable<Buffer> }> {
	const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer | string>;
	const next = async () => {
		const chunk = await chunks.next();
		if (chunk.done) return null;
		return typeof chunk.value === 'string' ? Buffer.from(chunk.value) : chunk.value;
	};
	const first: Buffer[] = [];
	let size = 0;
	while (size < headBytes) {
		const chunk = await next();
		if (!chunk) break;
		first.push(chunk);
		size += chunk.length;
	}
	const head = Buffer.concat(first);
	async function* content(): AsyncGenerator<Buffer> {
		if (head.length > 0) yield head;
		for (let chunk = await next(); chunk; chunk = await next()) yield chunk;
	}
	return { head, content: content() };
}
