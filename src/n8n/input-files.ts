import { readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, isAbsolute, join } from 'node:path';
import { Readable } from 'node:stream';
import type { IExecuteFunctions } from 'n8n-workflow';
import { InvalidFieldError } from '../domain/errors';

export interface InputFile {
	readonly fileName: string;
	/** A new stream at each call. */
	open(): Promise<Readable>;
}

const FILE_ENDINGS = /\.(csv|tsv|txt|json|ndjson|jsonl|xlsx)$/i;

/** A younger file may still be on its way into the folder. */
const SETTLED_MS = 3_000;

/** The files of an item's binary fields. Throws `InvalidFieldError` when there is none. */
export function filesOfItem(
	context: IExecuteFunctions,
	itemIndex: number,
	fallbackName?: string,
): InputFile[] {
	const named = (context.getNodeParameter('binaryFields', itemIndex, '') as string)
		.split(',')
		.map((name) => name.trim())
		.filter((name) => name !== '');
	const fields = named.length > 0 ? named : Object.keys(context.getInputData()[itemIndex]?.binary ?? {});
	if (fields.length === 0) {
		throw new InvalidFieldError(
			'binaryFields',
			'There is no file, or it is empty',
			'Choose a file with rows in it. In a workflow, connect a node that gives one, such as a form with a file field.',
		);
	}
	return fields.map((field) => {
		const binary = context.helpers.assertBinaryData(itemIndex, field);
		return {
			fileName: binary.fileName ?? fallbackName ?? field,
			open: async () =>
				binary.id
					? await context.helpers.getBinaryStream(binary.id)
					: Readable.from(Buffer.from(binary.data, 'base64')),
		};
	});
}

/** The whole file, read as UTF-8. */
export async function textOf(file: InputFile): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of await file.open()) chunks.push(Buffer.from(chunk as Uint8Array));
	return Buffer.concat(chunks).toString('utf8');
}

/** The importable files of a folder that n8n may read, by name; none when there is no such folder yet. */
export async function filesOfFolder(context: IExecuteFunctions, folder: string): Promise<InputFile[]> {
	const path = await context.helpers.resolvePath(
		isAbsolute(folder) ? folder : join(readableFolder(), folder),
	);
	if (context.helpers.isFilePathBlocked(path)) {
		throw new InvalidFieldError(
			'folder',
			`n8n may not read the folder '${folder}'`,
			`Choose one below '${readableFolder()}', or allow this one with N8N_RESTRICT_FILE_ACCESS_TO.`,
		);
	}
	const names = await readdir(path).catch(() => null);
	if (names === null) {
		context.addExecutionHints({
			message: `There is no folder ${path} yet: create it and put files into it`,
			location: 'outputPane',
		});
		return [];
	}
	const files: InputFile[] = [];
	for (const name of names.filter((entry) => FILE_ENDINGS.test(entry)).sort()) {
		const file = await context.helpers.resolvePath(join(path, name));
		const { mtimeMs } = await stat(file);
		if (Date.now() - mtimeMs < SETTLED_MS) continue;
		files.push({
			fileName: basename(name),
			open: async () => await context.helpers.createReadStream(file),
		});
	}
	return files;
}

/** The first folder that n8n lets its nodes read, by its own setting and default. */
function readableFolder(): string {
	const [first] = (process.env.N8N_RESTRICT_FILE_ACCESS_TO ?? '').split(';').map((path) => path.trim());
	return (first ? first : join('~', '.n8n-files')).replace(/^~/, homedir());
}
