import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { UnreadableFileError } from '../../app/errors';
import { HEAD_BYTES } from './byte-stream';

/** The characters of Windows-1252 at 0x80 to 0x9F; elsewhere it is Latin-1 (Encoding Standard, WHATWG). */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
const LF = 0x0a;

export function decodeWindows1252(bytes: Buffer): string {
	return bytes
		.toString('latin1')
		.replace(/[\x80-\x9f]/g, (char) => WINDOWS_1252[char.charCodeAt(0) - 0x80] ?? char);
}

/** Text with 16 bits a character: Latin letters, digits and separators have a zero as every other byte. */
function utf16Of(head: Buffer): string | null {
	if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
	if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
	const zeros = [0, 0];
	const units = Math.min(head.length, 4_096) >> 1;
	for (let at = 0; at < units * 2; at += 1) {
		if (head[at] === 0) zeros[at & 1] = (zeros[at & 1] ?? 0) + 1;
	}
	const [high = 0, low = 0] = zeros;
	if (units < 2 || Math.max(high, low) < units * 0.4 || Math.min(high, low) > units * 0.05) return null;
	return low > high ? 'utf-16le' : 'utf-16be';
}

/**
 * The encoding that the first bytes of a file tell, as a label of the Encoding Standard; null for plain ASCII, which
 * leaves it to what follows. Where some lines are UTF-8 and some are not, the most decide: a cut character in one
 * line must not spoil the others.
 */
function encodingOf(head: Buffer): string | null {
	const wide = utf16Of(head);
	if (wide) return wide;
	if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
	if (isAscii(head)) return null;
	let votes = 0;
	for (let from = 0; from < head.length;) {
		const end = head.indexOf(LF, from);
		// The last line of a head that is not the whole file may be cut in the middle of a character.
		const line = head.subarray(from, end < 0 ? head.length : end);
		if (!isAscii(line))
			votes += isUtf8(line) || (end < 0 && head.length >= HEAD_BYTES && isCutUtf8(line)) ? 1 : -1;
		from = end < 0 ? head.length : end + 1;
	}
	return votes >= 0 ? 'utf-8' : 'windows-1252';
}

/** Whether bytes are UTF-8 but for a last character that has begun. */
function isCutUtf8(bytes: Buffer): boolean {
	const lead = bytes.findLastIndex((byte) => byte >= 0xc0);
	return lead >= bytes.length - 3 && isUtf8(bytes.subarray(0, lead));
}

/** The beginning of a file as text, to tell what it is: its last character may be cut. */
export function headText(head: Buffer): string {
	return new TextDecoder(utf16Of(head) ?? 'utf-8').decode(head);
}

/** The decoder of a label. Throws `UnreadableFileError` for a label that means no encoding. */
function decoderOf(encoding: string): TextDecoder {
	try {
		return new TextDecoder(encoding, { fatal: true });
	} catch (error) {
		throw new UnreadableFileError(
			`There is no encoding '${encoding}'`,
			"Choose one like 'utf-8', 'utf-16le' or 'windows-1252', or leave it out to have it found out.",
			{ cause: error },
		);
	}
}

/**
 * A file in whatever encoding as UTF-8, in which, as in ASCII, no byte of a longer character looks like a line end or
 * a quote. Windows-1252 and UTF-8 are left as they are, but for UTF-8's byte order mark.
 */
export async function* toAsciiCompatible(
	content: AsyncIterable<Buffer>,
	encoding: string | null,
): AsyncGenerator<Buffer> {
	if (encoding === null || encoding === 'utf-8' || encoding === 'windows-1252') {
		let isFirst = true;
		for await (const bytes of content) {
			const hasMark = isFirst && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
			isFirst = false;
			yield hasMark ? bytes.subarray(3) : bytes;
		}
		return;
	}
	const decoder = decoderOf(encoding);
	try {
		for await (const bytes of content) yield Buffer.from(decoder.decode(bytes, { stream: true }));
		const rest = decoder.decode();
		if (rest) yield Buffer.from(rest);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
		const hint = 'Choose the encoding that it was saved in, or save it again as UTF-8.';
		throw new UnreadableFileError(`The file has bytes that are not ${encoding}`, hint, { cause: error });
	}
}

/** The encoding that is given, by its label in the Encoding Standard, which Latin-1 shares with Windows-1252, or found. */
export function encodingToRead(head: Buffer, given: string | undefined): string | null {
	return given === undefined ? encodingOf(head) : decoderOf(given).encoding;
}

/** Bytes that are no UTF-8 as lone surrogates U+DC80 to U+DCFF, which no valid text has. */
function decodeWithEscapes(bytes: Buffer): string {
	let text = '';
	for (let from = 0; from < bytes.length;) {
		const lead = bytes[from] ?? 0;
		const length = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
		const char = bytes.subarray(from, from + length);
		const isWhole = char.length === length && isUtf8(char);
		text += isWhole ? char.toString() : String.fromCharCode(0xdc00 + lead);
		from += isWhole ? length : 1;
	}
	return text;
}

const isEscape = /(?<![\ud800-\udbff])[\udc80-\udcff]/;

/** Whether a text of `decodeLines` has bytes that belong to no character. */
export function hasUndecoded(text: string): boolean {
	return isEscape.test(text);
}

/** A text with bytes that are no UTF-8, these read as Windows-1252. */
export function showUndecoded(text: string): string {
	return text.replace(new RegExp(isEscape, 'g'), (char) =>
		decodeWindows1252(Buffer.from([char.charCodeAt(0) - 0xdc00])),
	);
}

export interface DecodedLines {
	readonly text: string;
	/** There are NUL characters in it, or bytes that belong to no character. */
	readonly isSuspicious: boolean;
}

/**
 * Decodes blocks of whole lines. Without an encoding that is known, ASCII is read as what it is, and the first line
 * beyond it decides between UTF-8 and Windows-1252 for the rest, so that it does not matter how the file is cut.
 */
export function decodeLines(known: string | null): (bytes: Buffer) => DecodedLines {
	let encoding = known;
	const firstOddLine = (bytes: Buffer): Buffer => {
		const at = bytes.findIndex((byte) => byte > 0x7f);
		const end = bytes.indexOf(LF, at);
		return bytes.subarray(bytes.lastIndexOf(LF, at) + 1, end < 0 ? bytes.length : end);
	};
	return (bytes) => {
		const isSuspicious = bytes.includes(0);
		if (isAscii(bytes)) return { text: bytes.toString('latin1'), isSuspicious };
		encoding ??= isUtf8(firstOddLine(bytes)) ? 'utf-8' : 'windows-1252';
		if (encoding === 'windows-1252') return { text: decodeWindows1252(bytes), isSuspicious };
		if (isUtf8(bytes)) return { text: bytes.toString(), isSuspicious };
		return { text: decodeWithEscapes(bytes), isSuspicious: true };
	};
}
