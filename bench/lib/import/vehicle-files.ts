import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { utils, write } from 'xlsx';

const MAKES = ['MAN', 'Scania', 'Volvo', 'DAF', 'Iveco'];
const COLUMNS = [
	'vin',
	'plate',
	'externalId',
	'name',
	'make',
	'model',
	'year',
	'fuelType',
	'tankSizeLitres',
	'odometer',
	'depot',
	'colour',
];
/** Everything behind these is an attribute. */
export const FIELD_COUNT = 7;
export const CSV_COLUMNS: readonly string[] = COLUMNS;

/** The cells of a file of `rows` vehicles, in no order of their VINs. */
export function vehicleCells(index: number, rows: number): (string | number)[] {
	// 48,271 has no factor in common with a round number of rows, so that each number comes once.
	const n = (index * 48_271) % rows;
	return [
		`WDB${String(n).padStart(14, '0')}`,
		`B-XY ${n}`,
		`box-${n}`,
		`Truck ${n}, ${MAKES[n % 5]}`,
		MAKES[n % 5] ?? '',
		`Model ${n % 40}`,
		2005 + (n % 20),
		n % 3 === 0 ? 'electric' : 'diesel',
		300 + (n % 500),
		(n * 37) % 900_000,
		`depot-${n % 20}`,
		`colour-${n % 12}`,
	];
}

async function writeLines(path: string, lines: Iterable<string>): Promise<void> {
	const file = createWriteStream(path);
	for (const line of lines) if (!file.write(line)) await once(file, 'drain');
	file.end();
	await finished(file);
}

const indices = (rows: number) => Array.from({ length: rows }, (_, index) => index);

export async function writeVehicleCsv(path: string, rows: number): Promise<void> {
	function* lines() {
		yield `${COLUMNS.join(',')}\n`;
		for (const index of indices(rows)) {
			const cells = vehicleCells(index, rows).map((cell) =>
				typeof cell === 'string' && cell.includes(',') ? `"${cell}"` : cell,
			);
			yield `${cells.join(',')}\n`;
		}
	}
	await writeLines(path, lines());
}

/** One array of objects. */
export async function writeVehicleJson(path: string, rows: number): Promise<void> {
	function* lines() {
		for (const index of indices(rows)) {
			const entries = vehicleCells(index, rows).map((cell, at) => [COLUMNS[at], cell]);
			yield `${index === 0 ? '[' : ','}\n${JSON.stringify(Object.fromEntries(entries))}`;
		}
		yield '\n]\n';
	}
	await writeLines(path, lines());
}

export async function writeVehicleXlsx(path: string, rows: number): Promise<void> {
	const table = [COLUMNS, ...indices(rows).map((index) => vehicleCells(index, rows))];
	const book = utils.book_new(utils.aoa_to_sheet(table, { dense: true }), 'Vehicles');
	await writeFile(path, write(book, { type: 'buffer', bookType: 'xlsx', compression: true }) as Buffer);
}
