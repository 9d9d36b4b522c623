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

/** Before what is left of a text: no format begins like this. */
const CUT = '[cut: ';

/** The beginning of a text, no longer than `length`, in a way that it is never taken for the whole. */
export const cutText = (text: string, length: number): string =>
	`${CUT}the beginning of ${text.length} characters] ${text}`.slice(0, length);

export const isCutText = (text: string): boolean => text.startsWith(CUT);
