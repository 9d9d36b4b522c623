import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { FileServerError } from '../../app/errors';
import type { PatientAnswer } from '../remote/patient-fetch';
import { S3AnswerError } from './s3-answer';
import type { S3Client } from './s3-client';

/** How often in a row a download may break off without a single byte in between. */
const MAX_BREAKS = 5;

export interface OpenedObject {
	readonly content: Readable;
	readonly etag: string | null;
	readonly sizeBytes: number | null;
}

/**
 * The object's content; where the download breaks off it goes on at that byte, of the same version of the object.
 * Null when there is no such object. Rejects, and ends the stream, with `FileServerError`.
 */
export async function openObject(client: S3Client, key: string): Promise<OpenedObject | null> {
	let first: PatientAnswer;
	try {
		first = await client.send({ method: 'GET', key });
	} catch (error) {
		if (isMissing(error)) return null;
		throw error;
	}
	const etag = first.response.headers.get('etag');
	const length = first.response.headers.get('content-length');
	const object = { etag, sizeBytes: length === null ? null : Number(length) };
	const closing = new AbortController();
	const pieces = resumed(client, key, object, first, closing.signal);
	const content = Readable.from(pieces, { objectMode: false });
	// A stream that is destroyed while it waits for bytes would otherwise wait on.
	content.once('close', () => closing.abort());
	return { ...object, content };
}

export async function hasObject(client: S3Client, key: string): Promise<boolean> {
	try {
		await client.tell({ method: 'HEAD', key });
		return true;
	} catch (error) {
		if (isMissing(error)) return false;
		throw error;
	}
}

function isMissing(error: unknown): boolean {
	const answer = error instanceof FileServerError ? error.cause : null;
	return answer instanceof S3AnswerError && answer.code === 'NoSuchKey';
}

async function* resumed(
	client: S3Client,
	key: string,
	{ etag, sizeBytes }: Omit<OpenedObject, 'content'>,
	first: PatientAnswer,
	closing: AbortSignal,
): AsyncGenerator<Uint8Array> {
	let answer = first;
	closing.addEventListener('abort', () => answer.abort());
	let offset = 0;
	let breaks = 0;
	for (;;) {
		try {
			for await (const piece of answer.chunks()) {
				offset += piece.length;
				breaks = 0;
				yield piece;
			}
			if (sizeBytes === null || offset >= sizeBytes) return;
			throw new Error('terminated');
		} catch (error) {
			if (closing.aborted) return;
			if (++breaks > MAX_BREAKS || etag === null) throw client.explained(error);
			await pause(100 * 2 ** breaks);
		}
		const headers = { range: `bytes=${offset}-`, 'if-match': etag };
		answer = await client.send({ method: 'GET', key, headers });
		if (closing.aborted) return answer.abort();
		if (!answer.response.headers.get('content-range')?.startsWith(`bytes ${offset}-`)) {
			answer.abort();
			throw new FileServerError(
				`The download of '${key}' broke off after ${offset} bytes, and its server cannot go on there`,
				'Start it again.',
				true,
			);
		}
	}
}
