import type { RemoteFile } from '../../app/ports/remote-files';
import { childrenOf, childText } from './s3-answer';
import type { S3Client } from './s3-client';

/**
 * The objects below a prefix, by key, in pages of up to 1,000; what stands for a folder is left out. Rejects with
 * `FileServerError`.
 */
export async function* listObjects(client: S3Client, prefix: string): AsyncGenerator<RemoteFile[]> {
	let token = '';
	do {
		const query = {
			'list-type': '2',
			'encoding-type': 'url',
			...(prefix === '' ? {} : { prefix }),
			...(token === '' ? {} : { 'continuation-token': token }),
		};
		const page = await client.ask({ method: 'GET', query }, 'ListBucketResult');
		const isEncoded = childText(page, 'EncodingType') === 'url';
		const files = childrenOf(page, 'Contents').map((object) => {
			const key = childText(object, 'Key');
			return {
				key: isEncoded ? decodeURIComponent(key.replaceAll('+', ' ')) : key,
				etag: childText(object, 'ETag') || null,
				sizeBytes: Number(childText(object, 'Size')),
				modifiedAt: Date.parse(childText(object, 'LastModified')),
			};
		});
		yield files.filter(({ key, sizeBytes }) => !(key.endsWith('/') && sizeBytes === 0));
		token = childText(page, 'IsTruncated') === 'true' ? childText(page, 'NextContinuationToken') : '';
	} while (token !== '');
}
