import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { FileServerError } from '../../app/errors';
import { s3BlobStore, type S3BlobOptions } from '../blob/s3-blob-store';
import { listObjects } from './list-objects';
import { s3Client } from './s3-client';
import { s3Place } from './s3-options';

/**
 * Stores, lists, reads and removes a small object, as imports do, and says what is there. Rejects with
 * `FileServerError`.
 */
export async function checkS3(options: S3BlobOptions): Promise<string> {
	const blobs = s3BlobStore(options);
	const content = randomUUID();
	const { key } = await blobs.put('credential-test.txt', Readable.from([content]));
	try {
		await listObjects(s3Client(options), `${options.prefix}${key}`).next();
		const read = await (await blobs.open(key)).toArray();
		if (Buffer.concat(read as Buffer[]).toString() !== content) throw changed(options);
	} finally {
		await blobs.remove(key);
	}
	const { host, port } = s3Place(options);
	const place = options.prefix === '' ? '' : `, in '${options.prefix}'`;
	return `Connected to the bucket '${options.bucket}' of S3 at ${host}:${port}${place}: it can be written, listed and read.`;
}

function changed({ bucket }: S3BlobOptions): FileServerError {
	return new FileServerError(
		`The bucket '${bucket}' gives back something else than was stored there`,
		'Check what stands between n8n and the bucket.',
		false,
	);
}
