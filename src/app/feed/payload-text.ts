import { base64Text } from '../../domain/message-formats/base64-text';
import type { Payload } from '../ports/message-bus';

/** The payload as text; bytes that are no UTF-8 as `base64:` and their base64, which `openPayload` turns back. */
export function payloadText(payload: Payload): string {
	return typeof payload === 'string' ? payload : (utf8Text(payload) ?? base64Text(payload));
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** Null for bytes that are no text in UTF-8. */
export function utf8Text(bytes: Uint8Array): string | null {
	try {
		return UTF8.decode(bytes);
	} catch {
		return null;
	}
}
