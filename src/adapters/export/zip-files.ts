import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';

export interface ZipEntry {
	readonly path: string;
	readonly content: AsyncIterable<string | Uint8Array>;
}

/** A zip file, written as its entries come: the next one is asked for when the one before has ended. */
export function zipFiles(entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>): Readable {
	const zip = new ZipFile();
	const output = zip.outputStream as Readable;
	let current: Readable | null = null;
	async function fill(): Promise<void> {
		for await (const { path, content } of entries) {
			if (output.destroyed) return;
			current = Readable.from(content, { objectMode: false });
			zip.addReadStream(current, path);
			await finished(current, { writable: false });
		}
		zip.end();
	}
	const fail = (error: Error) => output.destroy(error);
	fill().catch(fail);
	zip.on('error', fail);
	output.once('close', () => current?.destroy());
	return output;
}
