import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { BlobNotFoundError } from '../../app/errors';
import type { BlobStore } from '../../app/ports/blob-store';
import { isBlobKey, newBlobKey } from './blob-key';

async function syncFolder(dir: string): Promise<void> {
	// Windows cannot open a folder, and needs no fsync of it for a rename to last.
	if (process.platform === 'win32') return;
	const folder = await open(dir, 'r');
	try {
		await folder.sync();
	} finally {
		await folder.close();
	}
}

/**
 * Files in one folder, made when it is missing, readable by its owner only. A file is written beside its place,
 * synced and renamed, so that a crash leaves it whole or leaves a `.part`, which nobody reads.
 */
export function folderBlobStore(dir: string): BlobStore {
	async function writeAndHash(
		path: string,
		content: Readable,
	): Promise<{ sha256: string; sizeBytes: number }> {
		const hash = createHash('sha256');
		let sizeBytes = 0;
		const file = await open(path, 'wx', 0o600);
		try {
			for await (const chunk of content) {
				const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Buffer);
				hash.update(bytes);
				sizeBytes += bytes.length;
				await file.appendFile(bytes);
			}
			await file.sync();
		} finally {
			await file.close();
		}
		return { sha256: hash.digest('hex'), sizeBytes };
	}

	return {
		async put(fileName, content) {
			await mkdir(dir, { recursive: true, mode: 0o700 });
			const key = newBlobKey(fileName);
			const part = join(dir, `${key}.part`);
			try {
				const measured = await writeAndHash(part, content);
				await rename(part, join(dir, key));
				await syncFolder(dir);
				return { key, ...measured };
			} catch (error) {
				await rm(part, { force: true });
				throw error;
			}
		},

		async open(key) {
			if (!isBlobKey(key)) throw new BlobNotFoundError(key);
			const stream = createReadStream(join(dir, key));
			try {
				await new Promise<void>((resolve, reject) => {
					stream.once('open', () => resolve());
					stream.once('error', reject);
				});
			} catch (error) {
				if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new BlobNotFoundError(key);
				throw error;
			}
			return stream;
		},

		async remove(key) {
			if (!isBlobKey(key)) return false;
			try {
				await rm(join(dir, key));
				return true;
			} catch (error) {
				if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
				throw error;
			}
		},
	};
}
