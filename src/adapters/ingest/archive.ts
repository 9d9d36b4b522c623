import { createWriteStream } from 'node:fs';
import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fromFdPromise, type Entry, type ZipFile } from 'yauzl';
import { UnreadableFileError } from '../../app/errors';
import { unzipped } from './inflate';

const MAX_ENTRIES = 10_000;
const LOCAL_HEADER_BYTES = 30;
/** What systems put into archives that nobody meant to send. */
const LEFT_OVER = /^__MACOSX\/|(?:^|\/)(?:\.DS_Store|Thumbs\.db|desktop\.ini|\._[^/]*)$|\/$/;

export interface ArchiveEntry {
	/** Its path in the archive. */
	readonly name: string;
	/** As the archive says; more is never given. */
	readonly sizeBytes: number;
	open(): Promise<Readable>;
}

export interface Archive {
	readonly sizeBytes: number;
	/** The files that somebody meant to send. */
	readonly entries: readonly ArchiveEntry[];
	close(): Promise<void>;
}

/** A zip can be read from its end only, so its bytes have to be where one can go back: in a file without a name. */
async function spool(content: AsyncIterable<Buffer>): Promise<FileHandle> {
	const folder = await mkdtemp(join(tmpdir(), 'fleet-import-'));
	try {
		const path = join(folder, 'archive.zip');
		await pipeline(content, createWriteStream(path, { mode: 0o600 }));
		return await open(path, 'r');
	} finally {
		// What is open stays readable, and is gone when it is closed, even by the end of the process.
		await rm(folder, { recursive: true, force: true });
	}
}

function unreadable(what: string, cause?: unknown): UnreadableFileError {
	const hint = 'Pack it again as a plain zip, or send the files in it one by one.';
	return new UnreadableFileError(`The archive or workbook cannot be read: ${what}`, hint, { cause });
}

function checkEntries(entries: readonly Entry[]): void {
	const locked = entries.find((entry) => entry.isEncrypted());
	if (locked) throw unreadable(`'${locked.fileName}' in it has a password`);
	const odd = entries.find((entry) => entry.compressionMethod !== 0 && entry.compressionMethod !== 8);
	if (odd) throw unreadable(`'${odd.fileName}' in it is compressed in a way that is not known`);
	// Bombs let many entries share the same bytes.
	const inOrder = [...entries].sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader);
	let end = 0;
	for (const entry of inOrder) {
		if (entry.relativeOffsetOfLocalHeader < end) throw unreadable('its entries overlap');
		end =
			entry.relativeOffsetOfLocalHeader +
			LOCAL_HEADER_BYTES +
			entry.fileNameRaw.length +
			entry.compressedSize;
	}
}

async function listEntries(zip: ZipFile): Promise<Entry[]> {
	if (zip.entryCount > MAX_ENTRIES) throw unreadable(`it has more than ${MAX_ENTRIES} entries`);
	const entries: Entry[] = [];
	for await (const entry of zip.eachEntry()) {
		entries.push(entry);
		if (entries.length > MAX_ENTRIES) throw unreadable(`it has more than ${MAX_ENTRIES} entries`);
	}
	checkEntries(entries);
	return entries;
}

/**
 * Opens a zip, copied into the system's folder for temporary files. Throws `UnreadableFileError` for a damaged one,
 * for one with a password, for entries that overlap, and for names that lead out of it.
 */
export async function openArchive(content: AsyncIterable<Buffer>): Promise<Archive> {
	const file = await spool(content);
	try {
		const zip = await fromFdPromise(file.fd, { autoClose: false });
		const entries = await listEntries(zip);
		const openEntry = async (entry: Entry) => {
			const packed = await zip.openReadStreamPromise(entry, { decodeFileData: false });
			const { crc32, uncompressedSize: bytes } = entry;
			return Readable.from(unzipped(packed, entry.compressionMethod === 8, { bytes, crc32 }));
		};
		return {
			sizeBytes: zip.fileSize,
			entries: entries
				.filter(({ fileName }) => !LEFT_OVER.test(fileName))
				.map((entry) => ({
					name: entry.fileName,
					sizeBytes: entry.uncompressedSize,
					open: async () => await openEntry(entry),
				})),
			close: async () => await file.close(),
		};
	} catch (error) {
		await file.close();
		throw error instanceof UnreadableFileError
			? error
			: unreadable(error instanceof Error ? error.message : String(error), error);
	}
}
