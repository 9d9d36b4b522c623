import { UnreadableFileError } from '../../app/errors';

const MAX_LINE_BYTES = 10_000_000;
const [LF, CR] = [0x0a, 0x0d];

/** Behind the last line end; a CR at the very end may be the first half of a CRLF. */
function endOfLines(bytes: Buffer): number {
	const lf = bytes.lastIndexOf(LF);
	if (lf >= 0) return lf + 1;
	return bytes.subarray(0, bytes.length - 1).lastIndexOf(CR) + 1;
}

/**
 * The bytes of a text, cut behind line ends (LF, CRLF or a lone CR). Throws `UnreadableFileError` at a line of more
 * than ten million bytes, so that a file without lines cannot fill the memory.
 */
export async function* lineBlocks(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
	let held: Buffer[] = [];
	let heldBytes = 0;
	for await (const bytes of content) {
		const end = endOfLines(bytes);
		if (end === 0) {
			held.push(bytes);
			heldBytes += bytes.length;
			if (heldBytes > MAX_LINE_BYTES) {
				const hint = 'Save it as a table with one row on each line, or as a JSON list.';
				throw new UnreadableFileError('The file has a line of more than ten million bytes', hint);
			}
			continue;
		}
		held.push(bytes.subarray(0, end));
		yield held.length === 1 ? bytes.subarray(0, end) : Buffer.concat(held);
		held = [bytes.subarray(end)];
		heldBytes = bytes.length - end;
	}
	if (heldBytes > 0) yield Buffer.concat(held);
}

/** Calls back with each line of a block and what ends it; the last line of a file may have no end. */
export function eachLine(text: string, push: (line: string, end: string) => void): void {
	if (/\r(?!\n)/.test(text)) {
		for (const [whole, line = '', end = ''] of text.matchAll(/([^\r\n]*)(\r\n|\n|\r|$)/g)) {
			if (whole !== '') push(line, end);
		}
		return;
	}
	for (let from = 0; from < text.length;) {
		const lf = text.indexOf('\n', from);
		if (lf < 0) return push(text.slice(from), '');
		const isCrLf = text.charCodeAt(lf - 1) === CR && lf > from;
		push(text.slice(from, isCrLf ? lf - 1 : lf), isCrLf ? '\r\n' : '\n');
		from = lf + 1;
	}
}
