import { TableTooLargeError } from '../../app/errors';

export type CellValue = string | number | boolean | null;

export interface Sheet {
	readonly name: string;
	readonly rows: AsyncIterable<readonly (readonly CellValue[])[]>;
}

/** What Excel can open: https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3 */
const MAX_ROWS = 1_048_576;
const MAX_COLUMNS = 16_384;
const MAX_TEXT = 32_767;

/** Rows without a place of their own stand below each other; texts are inline, and marked as texts. */
export async function* sheetXml({ name, rows }: Sheet): AsyncGenerator<string> {
	yield (
		'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
		'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
	);
	let count = 0;
	for await (const page of rows) {
		count += page.length;
		if (count > MAX_ROWS) {
			throw tooLarge(`The sheet '${name}' has more than the ${MAX_ROWS} rows that Excel can open`);
		}
		const wide = page.find(({ length }) => length > MAX_COLUMNS);
		if (wide) {
			throw tooLarge(`The sheet '${name}' has more than the ${MAX_COLUMNS} columns that Excel can open`);
		}
		if (page.length > 0) yield page.map((row) => `<row>${row.map(cellXml).join('')}</row>`).join('');
	}
	yield '</sheetData></worksheet>';
}

function cellXml(value: CellValue): string {
	if (value === null) return '<c/>';
	if (typeof value === 'number') return `<c><v>${value}</v></c>`;
	if (typeof value === 'boolean') return `<c t="b"><v>${Number(value)}</v></c>`;
	if (value.length > MAX_TEXT) {
		throw tooLarge(`A text of ${value.length} characters is longer than the ${MAX_TEXT} of an Excel cell`);
	}
	return `<c t="inlineStr"><is><t xml:space="preserve">${textXml(value)}</t></is></c>`;
}

const tooLarge = (message: string) =>
	new TableTooLargeError(message, 'Export it as CSV or JSON, or choose fewer records.');

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** What XML cannot hold, or would change, is written as `_xHHHH_` (ST_Xstring), and so is what looks like that. */
export function textXml(text: string): string {
	return text
		.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
		.replace(/[&<>"]/g, (found) => ENTITIES[found] ?? found)
		.replace(
			/[\0-\x08\x0b-\x1f\ufffe\uffff]/g,
			(found) => `_x${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
		);
}
