import { Readable } from 'node:stream';
import { type Sheet, sheetXml, textXml } from './sheet-xml';
import { type ZipEntry, zipFiles } from './zip-files';

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const PACKAGE = 'application/vnd.openxmlformats-package.relationships+xml';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/**
 * An XLSX workbook (ECMA-376, SpreadsheetML) of sheets that are written one after the other as their rows come: a
 * million rows need no more memory than a page of them, for which the spreadsheet library wants all of them at once.
 * Fails with `TableTooLargeError`.
 */
export function workbook(sheets: AsyncIterable<Sheet> | Iterable<Sheet>): Readable {
	return zipFiles(partsOf(sheets));
}

async function* partsOf(sheets: AsyncIterable<Sheet> | Iterable<Sheet>): AsyncGenerator<ZipEntry> {
	const names: string[] = [];
	for await (const sheet of sheets) {
		names.push(sheetName(sheet.name, names));
		yield { path: `xl/worksheets/sheet${names.length}.xml`, content: sheetXml(sheet) };
	}
	const each = (line: (n: number, name: string) => string) =>
		names.map((name, at) => line(at + 1, name)).join('');
	yield part(
		'[Content_Types].xml',
		'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
			`<Default Extension="rels" ContentType="${PACKAGE}"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/>` +
			each(
				(n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${TYPES}.worksheet+xml"/>`,
			) +
			'</Types>',
	);
	yield part(
		'_rels/.rels',
		relations(`<Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/>`),
	);
	yield part(
		'xl/workbook.xml',
		`<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>` +
			each((n, name) => `<sheet name="${textXml(name)}" sheetId="${n}" r:id="rId${n}"/>`) +
			'</sheets></workbook>',
	);
	yield part(
		'xl/_rels/workbook.xml.rels',
		relations(
			each(
				(n) => `<Relationship Id="rId${n}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${n}.xml"/>`,
			),
		),
	);
}

const part = (path: string, text: string): ZipEntry => ({ path, content: Readable.from([XML + text]) });

const relations = (inner: string) => `<Relationships xmlns="${RELATIONS}">${inner}</Relationships>`;

/** Excel takes 31 characters, and neither these nor the same name twice. */
function sheetName(wanted: string, taken: readonly string[]): string {
	const name =
		wanted
			.replace(/[\\/?*[\]:\p{C}]/gu, ' ')
			.trim()
			.slice(0, 31) || 'Sheet';
	const isTaken = taken.some((other) => other.toLowerCase() === name.toLowerCase());
	return isTaken ? sheetName(`${name.slice(0, 27)} ${taken.length + 1}`, taken) : name;
}
