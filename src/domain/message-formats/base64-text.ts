const PREFIX = 'base64:';

/** Bytes as text, to be kept where texts are. */
export const base64Text = (bytes: Uint8Array): string => PREFIX + Buffer.from(bytes).toString('base64');

export const isBase64Text = (text: string): boolean => text.startsWith(PREFIX);

/** The bytes of such a text; null for any other text. */
export function bytesOfBase64(text: string): Uint8Array | null {
	if (!isBase64Text(text)) return null;
	const encoded = text.slice(PREFIX.length).trim();
	if (encoded.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) return null;
	return Buffer.from(encoded, 'base64');
}
