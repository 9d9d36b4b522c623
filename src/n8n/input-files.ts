import { Readable } from 'node:stream';
import type { IExecuteFunctions } from 'n8n-workflow';
import { InvalidFieldError } from '../domain/errors';

export interface InputFile {
	readonly fileName: string;
	/** A new stream at each call. */
	open(): Promise<Readable>;
}

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
