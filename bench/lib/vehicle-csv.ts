import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

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

/** Writes vehicles of twelve columns, in no order of their VINs. */
export async function writeVehicleCsv(path: string, rows: number): Promise<void> {
	const file = createWriteStream(path);
	file.write(`${COLUMNS.join(',')}\n`);
	for (let index = 0; index < rows; index++) {
		// 48,271 has no factor in common with a round number of rows, so that each number comes once.
		const n = (index * 48_271) % rows;
		const cells = [
			`WDB${String(n).padStart(14, '0')}`,
			`B-XY ${n}`,
			`box-${n}`,
			`"Truck ${n}, ${MAKES[n % 5]}"`,
			MAKES[n % 5],
			`Model ${n % 40}`,
			2005 + (n % 20),
			n % 3 === 0 ? 'electric' : 'diesel',
			300 + (n % 500),
			(n * 37) % 900_000,
			`depot-${n % 20}`,
			`colour-${n % 12}`,
		];
		if (!file.write(`${cells.join(',')}\n`)) await once(file, 'drain');
	}
	file.end();
	await finished(file);
}
