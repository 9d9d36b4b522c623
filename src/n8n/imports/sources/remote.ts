import type { FetchedFile } from '../../../app/ports/remote-files';
import type { ImportDesk } from '../await-import';
import { type FoundFile, lastImportOf } from './found-file';

export interface WebFile {
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	/** Fetch it, too, when it is what was imported last. */
	readonly force: boolean;
}

/** The file at an address; none when its server says that nothing has changed since it was imported last. */
export async function filesOfAddress(
	desk: ImportDesk,
	{ url, headers, force }: WebFile,
): Promise<FoundFile[]> {
	const { runtime } = desk;
	const last = force ? null : await lastImportOf(desk, runtime.parseAddress(url).origin);
	const file = await runtime.fetchFile({ url, headers, knownVersion: last?.etag ?? null });
	return file ? [toFound(file)] : [];
}

const toFound = ({ fileName, origin, version, content }: FetchedFile): FoundFile => ({
	fileName,
	origin,
	version,
	open: async () => content,
});

/** The files of the credential's bucket, but for those that uploads are kept in. */
export async function* filesOfBucket(
	{ context, itemIndex, runtime }: ImportDesk,
	prefix: string,
): AsyncGenerator<FoundFile> {
	const { files, bucket, uploads } = await runtime.openBucket(context, itemIndex);
	for await (const page of files.list(prefix)) {
		for (const { key, etag } of page) {
			if (uploads !== '' && key.startsWith(uploads)) continue;
			yield {
				fileName: key.split('/').at(-1) || key,
				origin: `s3://${bucket}/${key}`,
				version: etag,
				open: async () => (await files.open(key))?.content ?? null,
			};
		}
	}
}
