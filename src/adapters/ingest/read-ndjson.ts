import { UnreadableFileError } from '../../app/errors';
import type { ReadRow } from '../../app/ports/row-reader';
import type { OpenedFile } from './byte-stream';
import { elementRows } from './element-rows';
import type { JsonElement } from './json-handler';
import { JsonScanner } from './json-scanner';
import { lineBlocks } from './line-blocks';
import type { Reading } from './reading';
import { encodingToRead, toAsciiCompatible } from './text-encoding';

const LF = 0x0a;

/** One JSON object on each line; a row's number is its line. A line that is no JSON is that row's error. */
export async function* readNdjson(
	{ head, content }: Pick<OpenedFile, 'head' | 'content'>,
	reading: Reading,
): AsyncGenerator<ReadRow[]> {
	const encoding = encodingToRead(head, reading.dialect.encoding);
	reading.onDialect({ format: 'ndjson', ...(encoding && { encoding }) });
	const toRow = elementRows(null, encoding);
	let line = 0;
	for await (const block of lineBlocks(toAsciiCompatible(content, encoding))) {
		const rows: ReadRow[] = [];
		for (let from = 0; from < block.length;) {
			const end = block.indexOf(LF, from);
			const bytes = block.subarray(from, end < 0 ? block.length : end);
			from = end < 0 ? block.length : end + 1;
			line += 1;
			if (!isBlank(bytes)) rows.push(toRow(line, elementOfLine(bytes, line)));
		}
		if (rows.length > 0) yield rows;
	}
}

function isBlank(bytes: Buffer): boolean {
	return bytes.length < 100 && bytes.toString().trim() === '';
}

/** The one value of a line, or the line as it is, for what is wrong with it to be told. */
function elementOfLine(bytes: Buffer, line: number): JsonElement {
	const found: JsonElement[] = [];
	const element = (_path: string | null, _isObject: boolean, value: JsonElement | null) =>
		void (value && found.push(value));
	const scanner = new JsonScanner({ wants: () => true, element }, true);
	try {
		scanner.push(bytes);
		scanner.end();
	} catch (error) {
		if (!(error instanceof UnreadableFileError)) throw error;
	}
	const [only] = found;
	return only && found.length === 1 ? { ...only, line } : { bytes, line, column: 1, names: 0, depth: 1 };
}
