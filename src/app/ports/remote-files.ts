import type { Readable } from 'node:stream';

/** A file of a bucket. */
export interface RemoteFile {
	/** Its path, from the bucket's root on. */
	readonly key: string;
	/** Changes with the content, quoted as HTTP has it; null where the server gives none. */
	readonly etag: string | null;
	readonly sizeBytes: number;
	readonly modifiedAt: number;
}

/** A bucket that files are fetched from. All of it rejects with `FileServerError`. */
export interface RemoteFiles {
	/** The files whose keys begin with `prefix`, by key, page by page. */
	list(prefix: string): AsyncIterable<readonly RemoteFile[]>;
	/** Null when it is gone. Where the download breaks off it goes on by itself. */
	open(key: string): Promise<FetchedFile | null>;
}

export interface FetchedFile {
	readonly fileName: string;
	/** Where it is from, for a person: a URL without its secrets, `s3://bucket/key`. */
	readonly origin: string;
	/** The ETag, else the time of the last change as HTTP writes it, else null. Means something to its server only. */
	readonly version: string | null;
	readonly sizeBytes: number | null;
	readonly content: Readable;
}

export interface FetchRequest {
	/** `http:` or `https:`; user and password in it become an Authorization header. */
	readonly url: string;
	readonly headers?: Readonly<Record<string, string>>;
	/** `version` of the file that was fetched last. */
	readonly knownVersion?: string | null;
}

/** Null when the server says that nothing has changed since the known version. Rejects with `FileServerError`. */
export type FetchFile = (request: FetchRequest) => Promise<FetchedFile | null>;
