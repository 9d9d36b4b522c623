import type { Readable } from 'node:stream';
import type { Table, TableValue } from '../../app/ports/table-writer';
import type { CellValue } from './sheet-xml';
import { workbook } from './workbook';

/** Texts are typed as texts, so that none is a formula, a number or a day; objects become JSON. */
export function writeXlsx(table: Table): Readable {
	async function* rows(): AsyncGenerator<readonly (readonly CellValue[])[]> {
		const attributes = await table.attributeNames();
		yield [[...table.fields, ...attributes.map((name) => `attributes.${name}`)]];
		for await (const page of table.pages()) {
			yield page.map((record) => [
				...table.fields.map((name) => cellOf(record.fields[name] ?? null)),
				...attributes.map((name) => record.attributes?.[name] ?? null),
			]);
		}
	}
	return workbook([{ name: table.name, rows: rows() }]);
}

const cellOf = (value: TableValue): CellValue =>
	typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
