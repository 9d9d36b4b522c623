import { BlobNotFoundError } from '../../app/errors';
import type { BlobStore } from '../../app/ports/blob-store';
import { hasObject, openObject } from '../s3/open-object';
import { putObject } from '../s3/put-object';
import { s3Client } from '../s3/s3-client';
import type { S3Options } from '../s3/s3-options';
import { isBlobKey, newBlobKey } from './blob-key';

export interface S3BlobOptions extends S3Options {
	/** Goes before every key, e.g. `fleet/`: whatever else the bucket holds is left alone. */
	readonly prefix: string;
}

/** Objects of a bucket that is there. All of it rejects with `FileServerError` where S3 fails. */
export function s3BlobStore(options: S3BlobOptions): BlobStore {
	const client = s3Client(options);
	const objectKey = (key: string) => `${options.prefix}${key}`;
	return {
		async put(fileName, content) {
			const key = newBlobKey(fileName);
			return { key, ...(await putObject(client, objectKey(key), content)) };
		},

		async open(key) {
			const object = isBlobKey(key) ? await openObject(client, objectKey(key)) : null;
			if (!object) throw new BlobNotFoundError(key);
			return object.content;
		},

		async remove(key) {
			if (!isBlobKey(key)) return false;
			// S3 answers the removal of an object that is not there like any other.
			const isThere = await hasObject(client, objectKey(key));
			if (isThere) await client.tell({ method: 'DELETE', key: objectKey(key) });
			return isThere;
		},
	};
}
