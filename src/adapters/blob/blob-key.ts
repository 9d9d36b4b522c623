import { randomUUID } from 'node:crypto';

const KEY = /^[0-9a-f-]{36}(-[A-Za-z0-9._-]{1,80})?$/;

/** A key of its own for every file, with as much of the name as is safe everywhere. */
export function newBlobKey(fileName: string): string {
	const readable = readablePart(fileName);
	return readable ? `${randomUUID()}-${readable}` : randomUUID();
}

/** Whether `newBlobKey` may have made it; anything else could point at another file. */
export const isBlobKey = (key: string): boolean => KEY.test(key);

/** The file's name reduced to what is safe in every file system, at its end, where the extension is. */
function readablePart(fileName: string): string {
	const name = fileName.split(/[\\/]/).at(-1) ?? '';
	return name
		.normalize('NFKD')
		.replace(/[^A-Za-z0-9._-]+/g, '-')
		.replace(/\.{2,}/g, '.')
		.slice(-80);
}
