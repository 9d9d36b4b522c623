import { gunzipSync, inflateSync } from 'node:zlib';
import { InvalidFieldError } from '../../domain/errors';
import { base64Text, bytesOfBase64 } from '../../domain/message-formats/base64-text';
import type { Payload } from '../ports/message-bus';
import { payloadText, utf8Text } from './payload-text';

/** A payload that is ready to be read, or what keeps it from being so, with the text to keep of it. */
export type OpenedPayload =
	{ readonly content: Payload } | { readonly error: InvalidFieldError; readonly text: string };

/** A small payload may inflate to a thousand times its size. */
const MAX_INFLATED_BYTES = 64 * 1024 * 1024;
/** What is kept of bytes that nobody can read. */
const MAX_KEPT_BYTES = 768 * 1024;

/**
 * Turns back what was kept as base64, inflates gzip and zlib, and decodes text in UTF-8 unless the format `isBinary`.
 * Never throws.
 */
export function openPayload(payload: Payload, isBinary: boolean): OpenedPayload {
	const bytes = typeof payload === 'string' ? bytesOfBase64(payload) : payload;
	if (bytes === null) return { content: payload };
	try {
		const plain = inflate(bytes) ?? bytes;
		const content = isBinary ? plain : utf8Text(plain);
		if (content !== null) return { content };
		throw new InvalidFieldError(
			'',
			'the message is neither text in UTF-8 nor compressed text',
			'Send JSON in UTF-8, plain or compressed by gzip. If the sender uses another format, choose it as the format of the feed.',
		);
	} catch (error) {
		return refused(error, bytes);
	}
}

/** Null for what is not compressed. */
function inflate(bytes: Uint8Array): Uint8Array | null {
	const [first = 0, second = 0] = bytes;
	if (first === 0x1f && second === 0x8b) return gunzipSync(bytes, { maxOutputLength: MAX_INFLATED_BYTES });
	// RFC 1950: method 8, and a header that is a multiple of 31. Text can look like that, compressed bytes are no text.
	if ((first & 0x0f) !== 8 || (first * 256 + second) % 31 !== 0) return null;
	try {
		return inflateSync(bytes, { maxOutputLength: MAX_INFLATED_BYTES });
	} catch (error) {
		if (isTooLarge(error)) throw error;
		return null;
	}
}

function refused(error: unknown, bytes: Uint8Array): OpenedPayload {
	const isCut = bytes.length > MAX_KEPT_BYTES;
	const kept = isCut ? ` (of its ${bytes.length} bytes the first ${MAX_KEPT_BYTES} are kept)` : '';
	const text = isCut ? base64Text(bytes.subarray(0, MAX_KEPT_BYTES)) : payloadText(bytes);
	if (error instanceof InvalidFieldError) {
		return { error: new InvalidFieldError('', error.message + kept, error.hint), text };
	}
	if (isTooLarge(error)) {
		const reason = `the message inflates to more than ${MAX_INFLATED_BYTES / 1024 / 1024} MB${kept}`;
		return { error: new InvalidFieldError('', reason, 'Send fewer messages in one payload.'), text };
	}
	const reason = `the message is compressed, but broken: ${error instanceof Error ? error.message : String(error)}`;
	return { error: new InvalidFieldError('', reason + kept, 'Send it again, whole.'), text };
}

const isTooLarge = (error: unknown): boolean =>
	(error as { code?: unknown } | null)?.code === 'ERR_BUFFER_TOO_LARGE';
