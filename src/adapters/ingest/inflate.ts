import { pipeline, Readable } from 'node:stream';
import { crc32, createGunzip, createInflateRaw } from 'node:zlib';
import { UnreadableFileError } from '../../app/errors';
import type { SourceFile } from '../../app/ports/row-reader';

/** Tables shrink to a tenth, repetitive ones to a hundredth; a thousandth is the most that the format can do. */
const MAX_RATIO = 500;
const BYTES_BEFORE_RATIO_COUNTS = 30_000_000;
const OPTIONS = { chunkSize: 65_536 };

function damaged(what: string, cause?: unknown): UnreadableFileError {
	return new UnreadableFileError(
		`The compressed file is damaged or breaks off: ${what}`,
		'Compress it again, or send what is in it as it is.',
		{ cause },
	);
}

/**
 * What compressed bytes hold, however much that is. Throws `UnreadableFileError` for damaged ones, and when so much
 * comes from so little that it cannot be a table.
 */
async function* inflate(
	packed: Readable,
	inflater: ReturnType<typeof createGunzip | typeof createInflateRaw>,
): AsyncGenerator<Buffer> {
	pipeline(packed, inflater, () => undefined);
	let unpackedBytes = 0;
	try {
		for await (const chunk of inflater as AsyncIterable<Buffer>) {
			unpackedBytes += chunk.length;
			if (unpackedBytes > BYTES_BEFORE_RATIO_COUNTS && unpackedBytes > inflater.bytesWritten * MAX_RATIO) {
				throw new UnreadableFileError(
					`The file unpacks to more than ${MAX_RATIO} times its size`,
					'No table does: unpack it yourself and look what is in it.',
				);
			}
			yield chunk;
		}
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException;
		throw code?.startsWith('Z_') ? damaged(message, error) : error;
	} finally {
		packed.destroy();
	}
}

/** The file that a gzipped one holds. What comes behind the compressed data is no part of it. */
export function gunzipped(file: SourceFile): SourceFile {
	return {
		fileName: file.fileName.replace(/\.gz(?:ip)?$/i, ''),
		open: async () => Readable.from(inflate(await file.open(), createGunzip(OPTIONS))),
	};
}

/** An entry of a zip, compressed or not, checked by the size and the CRC-32 that the archive says it has. */
export async function* unzipped(
	packed: Readable,
	isDeflated: boolean,
	expected: { readonly bytes: number; readonly crc32: number },
): AsyncGenerator<Buffer> {
	const content = isDeflated ? inflate(packed, createInflateRaw(OPTIONS)) : (packed as AsyncIterable<Buffer>);
	let bytes = 0;
	let checksum = 0;
	for await (const chunk of content) {
		bytes += chunk.length;
		if (bytes > expected.bytes) throw damaged('there is more in it than it says');
		checksum = crc32(chunk, checksum);
		yield chunk;
	}
	if (bytes !== expected.bytes || checksum !== expected.crc32) throw damaged('its checksum is wrong');
}
