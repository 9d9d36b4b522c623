const BOM = '\ufeff';

/**
 * Text in the encoding of a label of the Encoding Standard, as far as it can be written: UTF-8, UTF-16 and those of one
 * byte a character; others become UTF-8, which is told by its mark. What an encoding has not becomes a question mark.
 */
export function encoderOf(label = 'utf-8'): (pieces: AsyncIterable<string>) => AsyncGenerator<Buffer> {
	const { encoding } = new TextDecoder(label);
	if (encoding === 'utf-16le') return marked((text) => Buffer.from(text, 'utf16le'));
	if (encoding === 'utf-16be') return marked((text) => Buffer.from(text, 'utf16le').swap16());
	const bytes = encoding === 'utf-8' ? null : singleBytes(encoding);
	if (!bytes) return marked((text) => Buffer.from(text));
	const question = '?'.charCodeAt(0);
	return async function* (pieces) {
		for await (const text of pieces) {
			yield Buffer.from(Array.from(text, (char) => bytes.get(char) ?? question));
		}
	};
}

function marked(encode: (text: string) => Buffer): (pieces: AsyncIterable<string>) => AsyncGenerator<Buffer> {
	return async function* (pieces) {
		let mark = BOM;
		for await (const text of pieces) {
			yield encode(mark + text);
			mark = '';
		}
	};
}

/** The byte of each character, or null for an encoding in which some bytes are no characters of their own. */
function singleBytes(encoding: string): Map<string, number> | null {
	const decoder = new TextDecoder(encoding);
	const bytes = new Map<string, number>();
	for (let byte = 0; byte < 256; byte++) {
		const char = decoder.decode(Uint8Array.of(byte), { stream: true });
		if (char.length !== 1) return null;
		if (char !== '\ufffd') bytes.set(char, byte);
	}
	return bytes;
}
