import type { BlobStore } from '../../app/ports/blob-store';
import { folderBlobStore } from './folder-blob-store';
import { s3BlobStore, type S3BlobOptions } from './s3-blob-store';

/** Where uploaded files are kept. Plain data, so that it can be sent to a thread. */
export type BlobOptions =
	{ readonly kind: 'folder'; readonly path: string } | ({ readonly kind: 's3' } & S3BlobOptions);

export function openBlobStore(options: BlobOptions): BlobStore {
	return options.kind === 'folder' ? folderBlobStore(options.path) : s3BlobStore(options);
}
