import type { Payload } from '../ports/message-bus';

/** The payload as text; bytes that are no UTF-8 become replacement characters. */
export function payloadText(payload: Payload): string {
	return typeof payload === 'string' ? payload : new TextDecoder().decode(payload);
}
