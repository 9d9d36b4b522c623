import { gzipSync } from 'node:zlib';
import { base64Text, isBase64Text } from '../../domain/message-formats/base64-text';
import { MAX_PAYLOAD } from './open-payload';
import { cutText } from './payload-text';

/** Longer texts are compressed, or cut. */
const MAX_KEPT = 1024 * 1024;

/**
 * What to keep of a message that cannot be taken, and what to add to the reason when that is not its text as it came. A
 * long text that can be read again is kept compressed; of any other, the beginning.
 */
export function keepPayload(text: string): { readonly text: string; readonly note: string } {
	if (text.length <= MAX_KEPT) return { text, note: '' };
	const compressed =
		text.length > MAX_PAYLOAD || isBase64Text(text) ? null : base64Text(gzipSync(text, { level: 1 }));
	if (compressed !== null && compressed.length <= MAX_KEPT) {
		return { text: compressed, note: ` (its ${text.length} characters are kept compressed)` };
	}
	return {
		text: cutText(text, MAX_KEPT),
		note: ` (of its ${text.length} characters only the beginning is kept, so it cannot be replayed)`,
	};
}
