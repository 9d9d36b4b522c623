import type { Readable } from 'node:stream';
import type { ImportPreview } from '../../app/imports/preview-import';
import type { Import } from '../../domain/import';
import type { CredentialContext } from '../credentials';
import type { InputFile } from '../input-files';
import type { Runtime } from '../load-runtime';
import type { ImportDesk } from './await-import';

interface PreviewDesk {
	readonly context: CredentialContext;
	readonly runtime: Runtime;
	readonly itemIndex?: number;
}

type Asked = Pick<Import, 'recordType' | 'options'>;

/** What the import of a file would do. It is kept only meanwhile, so that threads can read it. */
export async function previewFile(
	desk: ImportDesk,
	{ fileName, open }: InputFile,
	asked: Asked,
	limit: number,
): Promise<ImportPreview> {
	const { context, itemIndex, runtime } = desk;
	const blobs = await runtime.openBlobs(context, itemIndex);
	const content: Readable = await open();
	const { key: blobKey, sizeBytes } = await blobs.put(fileName, content);
	try {
		return await previewStored(desk, { fileName, blobKey, sizeBytes, ...asked }, limit);
	} finally {
		await blobs.remove(blobKey);
	}
}

/** The same for a file that is kept already. */
export async function previewStored(
	{ context, itemIndex, runtime }: PreviewDesk,
	{
		fileName,
		blobKey,
		sizeBytes,
		recordType,
		options,
	}: Pick<Import, 'fileName' | 'blobKey' | 'sizeBytes'> & Asked,
	limit: number,
): Promise<ImportPreview> {
	const request = { fileName, blobKey, sizeBytes, recordType, options };
	return await runtime.startImportTask(context, { task: 'preview', request, limit }, blobKey, itemIndex);
}
