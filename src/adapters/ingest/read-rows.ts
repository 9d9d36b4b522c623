import { UnreadableFileError } from '../../app/errors';
import type { RowReader } from '../../app/ports/row-reader';
import { withHead } from './decode-text';
import { readCsv } from './read-csv';
import { readJson, readNdjson } from './read-json';
import { readXlsx } from './read-xlsx';

const HEAD_BYTES = 65_536;

export type FileFormat = 'csv' | 'json' | 'ndjson' | 'xlsx';

/** Whether the first line is a JSON value of its own and the second begins one too. */
function hasObjectPerLine(text: string): boolean {
	const [first = '', second = ''] = text.split('\n').filter((line) => line.trim() !== '');
	if (!second.trimStart().startsWith('{')) return false;
	try {
		JSON.parse(first);
		return true;
	} catch {
		return false;
	}
}

/** Content comes before the name, since names are given by people. Throws `UnreadableFileError` for what is neither. */
export function detectFormat(fileName: string, head: Buffer): FileFormat {
	const extension = /\.([a-z0-9]+)$/i.exec(fileName)?.[1]?.toLowerCase() ?? '';
	const accepted = 'Send CSV, JSON, NDJSON or XLSX.';
	if (head.length === 0) throw new UnreadableFileError('The file is empty', accepted);
	if (head.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'))) return 'xlsx';
	if (head.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))) {
		const hint = 'Open it in a spreadsheet and save it as .xlsx, without a password, or as CSV.';
		throw new UnreadableFileError('The file is an old .xls workbook, or one with a password', hint);
	}
	const isUtf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
	if (!isUtf16 && head.includes(0)) {
		throw new UnreadableFileError('The file is neither a table nor JSON', accepted);
	}
	if (extension === 'ndjson' || extension === 'jsonl') return 'ndjson';
	const text = (isUtf16 ? new TextDecoder('utf-16le').decode(head) : head.toString())
		.replace(/^\ufeff/, '')
		.trimStart();
	const looksLikeJson = extension === 'csv' ? /^(\{\s*["}]|\[\s*[{\]])/.test(text) : /^[[{]/.test(text);
	if (looksLikeJson) return hasObjectPerLine(text) ? 'ndjson' : 'json';
	return extension === 'json' ? 'json' : 'csv';
}

/** Reads files of all formats; see `RowReader`. CSV and NDJSON are streamed, JSON and XLSX have limits of size. */
export const readRows: RowReader = async function* (file, options = {}) {
	const stream = await file.open();
	try {
		const { head, content } = await withHead(stream, HEAD_BYTES);
		const format = detectFormat(file.fileName, head);
		if (format === 'csv') yield* readCsv(content);
		else if (format === 'json') yield* readJson(content);
		else if (format === 'ndjson') yield* readNdjson(content);
		else yield* readXlsx(content, options.sheet);
	} finally {
		stream.destroy();
	}
};
