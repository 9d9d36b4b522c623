import { UnreadableFileError } from '../../app/errors';
import { headText } from './text-encoding';

export type FileFormat = 'csv' | 'json' | 'ndjson' | 'zip' | 'gzip' | 'xls';

export const ACCEPTED = 'Send CSV, JSON, NDJSON, XLSX, XLS or ODS, also gzipped, or several in a zip.';

/** What files begin with that people send instead of a table. */
const OTHERS: readonly (readonly [string, string])[] = [
	['%PDF', 'a PDF document'],
	['{\\rtf', 'an RTF document'],
	['\x89PNG', 'a picture'],
	['\xff\xd8\xff', 'a picture'],
	['GIF8', 'a picture'],
	['7z\xbc\xaf', 'a 7z archive'],
	['Rar!', 'a RAR archive'],
	['BZh', 'a bzip2 archive'],
	['\xfd7zXZ', 'an xz archive'],
	['\x28\xb5\x2f\xfd', 'a Zstandard archive'],
	['PAR1', 'a Parquet file'],
	['SQLite format 3', 'a SQLite database'],
	['MZ', 'a program'],
];
/** A BOF record of BIFF2 to BIFF5, which old workbooks begin with where they are not in an OLE file. */
const BIFF = /^\x09[\x00\x02\x04\x08][\x04-\x08]\x00/;
/** A table may begin with these letters, too. */
const IS_TEXT = /^(?![%{])[\x20-\x7e]+$/;
const NO_TEXT = /[\x00-\x08]/;
const CONTROLS = /[\x00-\x08\x0b\x0e-\x19\x1c-\x1f]/g;

/** Whether most of the lines are objects of their own, the first of them begun at least. */
function hasObjectPerLine(text: string): boolean {
	const lines = text.split('\n', 20).filter((line) => line.trim() !== '');
	// The last one may be cut.
	const whole = text.length > 60_000 && lines.length > 1 ? lines.slice(0, -1) : lines;
	const objects = whole.filter((line) => {
		try {
			return line.trimStart().startsWith('{') && typeof JSON.parse(line) === 'object';
		} catch {
			return false;
		}
	});
	return whole.length > 1 && whole[0]?.trimStart()[0] === '{' && objects.length * 2 >= whole.length;
}

function refuse(what: string, hint = ACCEPTED): never {
	throw new UnreadableFileError(`The file is ${what}`, hint);
}

/** Content comes before the name, since names are given by people. Throws `UnreadableFileError` for what is neither. */
export function detectFormat(fileName: string, head: Buffer): FileFormat {
	const extension = /\.([a-z0-9]+)$/i.exec(fileName)?.[1]?.toLowerCase() ?? '';
	if (head.length === 0) refuse('empty');
	const start = head.toString('latin1', 0, 16);
	if (start.startsWith('PK\x03\x04') || start.startsWith('PK\x05\x06')) return 'zip';
	if (start.startsWith('\x1f\x8b')) return 'gzip';
	if (start.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1') || BIFF.test(start)) return 'xls';
	const text = headText(head);
	const other = OTHERS.find(([magic]) => start.startsWith(magic));
	if (other && (!IS_TEXT.test(other[0]) || NO_TEXT.test(text.slice(0, 1_000)))) refuse(other[1]);
	const controls = text.match(CONTROLS)?.length ?? 0;
	if (controls > 8 && controls > text.length * 0.01) refuse('neither a table nor JSON');
	const trimmed = text.trimStart();
	if (/^<(?:!doctype html|html|head|body|table|meta|div)\b[^<]*>/i.test(trimmed)) {
		refuse('a web page (HTML)', 'Open it in a spreadsheet and save it as XLSX or CSV.');
	}
	if (/^<\?xml\s|^<[A-Za-z][\w:.-]*\s[^<]*xmlns[^<]*>/.test(trimmed)) {
		refuse('XML', 'Open it in a spreadsheet and save it as XLSX or CSV.');
	}
	if (extension === 'ndjson' || extension === 'jsonl') return 'ndjson';
	const looksLikeJson = extension === 'csv' ? /^(\{\s*["}]|\[\s*[{\]])/.test(trimmed) : /^[[{]/.test(trimmed);
	if (looksLikeJson) return hasObjectPerLine(trimmed) ? 'ndjson' : 'json';
	return extension === 'json' ? 'json' : 'csv';
}
