import { UnreadableFileError } from '../../app/errors';

const MAX_LINE = 10_000_000;

/**
 * The lines of a text that comes in pieces, one array for each piece. LF, CRLF and a lone CR (old Macs) end a line;
 * the end of the text ends its last line, if there is anything on it. Throws `UnreadableFileError` at a line of
 * more than ten million characters, so that a file without lines cannot fill the memory.
 */
export async function* splitLines(text: AsyncIterable<string>): AsyncGenerator<string[]> {
	let rest = '';
	let heldBack = '';
	for await (const piece of text) {
		let more = heldBack + piece;
		// A CR at the very end may be the first half of a CRLF.
		heldBack = more.endsWith('\r') ? '\r' : '';
		if (heldBack) more = more.slice(0, -1);
		if (more.includes('\r')) more = more.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
		const end = more.lastIndexOf('\n');
		if (end < 0) {
			rest += more;
			if (rest.length > MAX_LINE) {
				const hint = 'Save it as a table with one row on each line, or as a JSON list.';
				throw new UnreadableFileError('The file has a line of more than ten million characters', hint);
			}
			continue;
		}
		const lines = (rest + more.slice(0, end)).split('\n');
		rest = more.slice(end + 1);
		yield lines;
	}
	if (rest) yield [rest];
}
