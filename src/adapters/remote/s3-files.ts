import type { RemoteFiles } from '../../app/ports/remote-files';
import { listObjects } from '../s3/list-objects';
import { openObject } from '../s3/open-object';
import { s3Client } from '../s3/s3-client';
import type { S3Options } from '../s3/s3-options';

/** The files of a bucket. */
export function s3Files(options: S3Options): RemoteFiles {
	const client = s3Client(options);
	return {
		list: (prefix) => listObjects(client, prefix),
		async open(key) {
			const object = await openObject(client, key);
			if (!object) return null;
			const { etag, sizeBytes, content } = object;
			const fileName = key.split('/').at(-1) || key;
			return { fileName, origin: `s3://${options.bucket}/${key}`, version: etag, sizeBytes, content };
		},
	};
}
