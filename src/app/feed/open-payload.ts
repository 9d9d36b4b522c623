import { gunzipSync, inflateSync } from 'node:zlib';
import { InvalidFieldError } from '../../domain/errors';
import { bytesOfBase64 } from '../../domain/message-formats/base64-text';
import type { Payload } from '../ports/message-bus';
import { isCutText, payloadText, utf8Text } from './payload-text';

/** A payload that is ready to be read, or what keeps it from being so, with its text. */
export type OpenedPayload =
	{ readonly content: Payload } | { readonly error: InvalidFieldError; readonly text: string };

/** In bytes or characters: a small payload may inflate to a thousand times its size. */
export const MAX_PAYLOAD = 16 * 1024 * 1024;

/**
 * Turns back what was kept as base64, inflates gzip and zlib, and decodes text in UTF-8 unless the format `isBinary`.
 * Never throws.
 */
export function openPayload(payload: Payload, isBinary: boolean): OpenedPayload {
	try {
		return {
			content: typeof payload === 'string' ? openText(payload, isBinary) : openBytes(payload, isBinary),
		};
	} catch (error) {
		return { error: refusalOf(error), text: payloadText(payload) };
	}
}

function openText(text: string, isBinary: boolean): Payload {
	const bytes = bytesOfBase64(text);
	if (bytes !== null) return openBytes(bytes, isBinary);
	if (!isCutText(text)) return checkedSize(text);
	throw new InvalidFieldError(
		'',
		'only the beginning of the message is kept, so it cannot be replayed',
		'Send it again, in smaller payloads, and delete this one.',
	);
}

function openBytes(bytes: Uint8Array, isBinary: boolean): Payload {
	const plain = inflate(bytes) ?? checkedSize(bytes);
	const content = isBinary ? plain : utf8Text(plain);
	if (content !== null) return content;
	throw new InvalidFieldError(
		'',
		'the message is neither text in UTF-8 nor compressed text',
		'Send JSON in UTF-8, plain or compressed by gzip. If the sender uses another format, choose it as the format of the feed.',
	);
}

function checkedSize<T extends Payload>(payload: T): T {
	if (payload.length <= MAX_PAYLOAD) return payload;
	throw tooLarge('has');
}

/** Null for what is not compressed. */
function inflate(bytes: Uint8Array): Uint8Array | null {
	const [first = 0, second = 0] = bytes;
	if (first === 0x1f && second === 0x8b) return gunzipSync(bytes, { maxOutputLength: MAX_PAYLOAD });
	// RFC 1950: method 8, and a header that is a multiple of 31. Text can look like that, compressed bytes are no text.
	if ((first & 0x0f) !== 8 || (first * 256 + second) % 31 !== 0) return null;
	try {
		return inflateSync(bytes, { maxOutputLength: MAX_PAYLOAD });
	} catch (error) {
		if (isTooLarge(error)) throw error;
		return null;
	}
}

function refusalOf(error: unknown): InvalidFieldError {
	if (error instanceof InvalidFieldError) return error;
	if (isTooLarge(error)) return tooLarge('inflates to');
	const reason = `the message is compressed, but broken: ${error instanceof Error ? error.message : String(error)}`;
	return new InvalidFieldError('', reason, 'Send it again, whole.');
}

const tooLarge = (how: string): InvalidFieldError =>
	new InvalidFieldError(
		'',
		`the message ${how} more than ${MAX_PAYLOAD / 1024 / 1024} MB`,
		'Send fewer messages in one payload.',
	);

const isTooLarge = (error: unknown): boolean =>
	(error as { code?: unknown } | null)?.code === 'ERR_BUFFER_TOO_LARGE';
