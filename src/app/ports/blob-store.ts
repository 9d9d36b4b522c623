import type { Readable } from 'node:stream';

export interface StoredBlob {
	readonly key: string;
	/** Lower-case hexadecimal. */
	readonly sha256: string;
	readonly sizeBytes: number;
}

/** Keeps uploaded files until their imports are deleted. */
export interface BlobStore {
	/** Whole or not at all: a failed `put` leaves nothing under any key. `fileName` only makes the key readable. */
	put(fileName: string, content: Readable): Promise<StoredBlob>;
	/** Rejects with `BlobNotFoundError`. */
	open(key: string): Promise<Readable>;
	/** False when there was none. */
	remove(key: string): Promise<boolean>;
}
