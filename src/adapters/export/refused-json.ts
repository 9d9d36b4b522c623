import type { RefusedRow } from '../../app/ports/refused-rows';
import { ERROR_COLUMN } from '../../domain/mapping/text-marker';
import { cellsOf, headerOf, type RefusedPages, tablesOf } from './refused-tables';

/** Where what is no object is kept, as it stood. */
const RAW = 'Element';

export async function* refusedNdjson(pages: RefusedPages): AsyncGenerator<string> {
	for await (const page of pages) yield page.map((row) => `${elementText(row)}\n`).join('');
}

/** Lists stand where they stood: in the file's one list, under its path, or by their names in one object. */
export async function* refusedJson(pages: RefusedPages, listPath = ''): AsyncGenerator<string> {
	const path = listPath === '' ? [] : listPath.split('.');
	let end = '';
	let isNamed = false;
	for await (const { list, pages: rows } of tablesOf(pages)) {
		isNamed = path.length === 0 && list !== null;
		if (isNamed) yield `${end === '' ? '{' : ','}\n${JSON.stringify(list)}: [\n`;
		else yield `${path.map((name) => `{${JSON.stringify(name)}: `).join('')}[\n`;
		let before = '';
		for await (const page of rows) {
			yield before + page.map(elementText).join(',\n');
			before = ',\n';
		}
		yield '\n]';
		end = isNamed ? '\n}\n' : `${'}'.repeat(path.length)}\n`;
	}
	yield end === '' ? '[]\n' : end;
}

function elementText(row: RefusedRow): string {
	if (!row.isWhole) return JSON.stringify({ [ERROR_COLUMN]: row.reason, [RAW]: row.cells[0] });
	const cells = cellsOf(row);
	return JSON.stringify(Object.fromEntries(headerOf(row).map((name, at) => [name, cells[at]])));
}
