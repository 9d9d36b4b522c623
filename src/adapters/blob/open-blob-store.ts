import type { BlobStore } from '../../app/ports/blob-store';
import { folderBlobStore } from './folder-blob-store';

/** Where uploaded files are kept. Plain data, so that it can be sent to a thread. */
export type BlobOptions = { readonly kind: 'folder'; readonly path: string };

export function openBlobStore(options: BlobOptions): BlobStore {
	return folderBlobStore(options.path);
}
