import { stringify } from 'csv-stringify/sync';
import type { Table, TableOptions, TableValue } from '../../app/ports/table-writer';
import type { AttributeValue } from '../../domain/attributes';
import { numberText } from '../../domain/mapping/read-number';
import { defuseText, markText } from '../../domain/mapping/text-marker';

/** RFC 4180, in UTF-8. */
export async function* writeCsv(
	table: Table,
	{ delimiter = ',', bom = true }: TableOptions,
): AsyncGenerator<string> {
	const attributes = await table.attributeNames();
	const lines = (rows: readonly (readonly string[])[]) => csvLines(rows, delimiter);
	const header = [...table.fields, ...attributes.map((name) => `attributes.${name}`)];
	yield (bom ? '\ufeff' : '') + lines([header]);
	for await (const page of table.pages()) {
		const rows = page.map((record) => [
			...table.fields.map((name) => fieldCell(record.fields[name] ?? null)),
			...attributes.map((name) => attributeCell(record.attributes?.[name])),
		]);
		if (rows.length > 0) yield lines(rows);
	}
}

/** Quoted where a reader might not take the cell for one, or trim it. */
export function csvLines(
	rows: readonly (readonly string[])[],
	delimiter: string,
	recordDelimiter = '\r\n',
): string {
	return stringify(rows as string[][], {
		delimiter,
		record_delimiter: recordDelimiter,
		quoted_match: /[\r\n\t]|^\s|\s$/,
	});
}

/** A field's kind is known when it is read: only what a spreadsheet would run needs a mark. */
function fieldCell(value: TableValue): string {
	if (value === null) return '';
	if (typeof value === 'string') return defuseText(value);
	if (typeof value === 'number') return numberText(value);
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** An attribute's kind is told from its cell. */
function attributeCell(value: AttributeValue | undefined): string {
	if (value === undefined) return '';
	if (typeof value === 'string') return markText(value);
	return typeof value === 'number' ? numberText(value) : String(value);
}
