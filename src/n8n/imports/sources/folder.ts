import { lstat, mkdir, readdir, rename, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { IExecuteFunctions } from 'n8n-workflow';
import { InvalidFieldError } from '../../../domain/errors';
import type { FoundFile } from './found-file';

const FILE_ENDINGS = /\.(csv|tsv|txt|json|ndjson|jsonl|xlsx|xls|ods)(\.gz)?$|\.zip$/i;

/** A younger file may still be on its way into the folder. */
const SETTLED_MS = 3_000;

/** The importable files of a folder that n8n may read, by name; none when there is no such folder yet. */
export async function filesOfFolder(
	context: IExecuteFunctions,
	folder: string,
	isMoving: boolean,
): Promise<FoundFile[]> {
	const path = await allowedPath(context, isAbsolute(folder) ? folder : join(readableFolder(), folder));
	const names = await readdir(path).catch(() => null);
	if (names === null) {
		context.addExecutionHints({
			message: `There is no folder ${path} yet: create it and put files into it`,
			location: 'outputPane',
		});
		return [];
	}
	const files: FoundFile[] = [];
	for (const fileName of names.filter((entry) => FILE_ENDINGS.test(entry)).sort()) {
		const found = await lstat(join(path, fileName));
		if (!found.isFile() || Date.now() - found.mtimeMs < SETTLED_MS) continue;
		const file = await context.helpers.resolvePath(join(path, fileName));
		files.push({
			fileName,
			origin: file,
			version: `${found.mtimeMs}-${found.size}`,
			open: async () => await context.helpers.createReadStream(file),
			...(isMoving ? { putAway: async (where) => await move(context, path, fileName, where) } : {}),
		});
	}
	return files;
}

async function move(context: IExecuteFunctions, folder: string, name: string, where: string): Promise<void> {
	// A link in its place could lead anywhere: what it leads to is checked like a folder that a person enters.
	const target = await allowedPath(context, join(folder, where));
	await mkdir(target, { recursive: true });
	const isTaken = await stat(join(target, name)).then(
		() => true,
		() => false,
	);
	const stamp = new Date().toISOString().replaceAll(':', '-');
	await rename(join(folder, name), join(target, isTaken ? `${stamp} ${name}` : name));
}

async function allowedPath(context: IExecuteFunctions, folder: string): Promise<string> {
	const path = await context.helpers.resolvePath(folder).catch(() => null);
	// Where not even the folder above is there, nothing can be read either.
	if (path === null) return folder;
	if (!context.helpers.isFilePathBlocked(path)) return path;
	throw new InvalidFieldError(
		'folder',
		`n8n may not use the folder '${folder}'`,
		`Choose one below '${readableFolder()}', or allow this one with N8N_RESTRICT_FILE_ACCESS_TO.`,
	);
}

/** The first folder that n8n lets its nodes read, by its own setting and default. */
function readableFolder(): string {
	const [first] = (process.env.N8N_RESTRICT_FILE_ACCESS_TO ?? '').split(';').map((path) => path.trim());
	return (first ? first : join('~', '.n8n-files')).replace(/^~/, homedir());
}
