#!/usr/bin/env node
/**
 * Writes an example fleet: `vehicles.csv`, `fleet.json` (customers and status messages), and two files with mistakes
 * in them, `broken.csv` and `not-json.json`. The same seed always gives the same bytes.
 *
 *   node scripts/generate-fleet.mjs --out DIR [--vehicles 1000] [--seed 1]
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { generateCustomers } from './generate-fleet/customers.mjs';
import { randomOf } from './generate-fleet/random.mjs';
import { generateStatuses } from './generate-fleet/statuses.mjs';
import { generateVehicles } from './generate-fleet/vehicles.mjs';

export { checkDigit } from './generate-fleet/vehicles.mjs';
export { driveVehicle } from './generate-fleet/statuses.mjs';
export { randomOf };

/** Long past on every clock, so that no message comes from the future. */
const START = Date.UTC(2025, 2, 3, 6);
const CUSTOMERS = 50;
const STATUSES = 2_000;

const COLUMNS = {
	VIN: 'vin',
	'License plate': 'plate',
	Make: 'make',
	Model: 'model',
	Year: 'year',
	'Fuel type': 'fuelType',
	'Tank size litres': 'tankSizeLitres',
	'First registration': 'firstRegistration',
};

const toCsv = (rows) => rows.map((cells) => cells.join(',') + '\n').join('');
const cellsOf = (vehicle) => Object.values(COLUMNS).map((name) => vehicle[name]);

/** The records of an example fleet; `market` (DE, FR or US) of a vehicle is where it drives. */
export function generateFleet({ vehicles: count = 1_000, seed = 1 } = {}) {
	const vehicles = generateVehicles(randomOf(seed), count);
	const customers = generateCustomers(randomOf(seed + 1), CUSTOMERS);
	const statuses = generateStatuses(randomOf(seed + 2), vehicles, STATUSES, START);
	return { vehicles, customers, statuses };
}

/** Twenty good rows, and on the lines 4, 8, 12 and 16: no VIN, line 2's VIN again, a bad date, a missing cell. */
function brokenCsv(seed) {
	const rows = generateVehicles(randomOf(seed + 3), 24).map(cellsOf);
	const dateAt = Object.values(COLUMNS).indexOf('firstRegistration');
	rows[2][0] = '';
	rows[2][1] = '';
	rows[6][0] = rows[0][0];
	rows[10][dateAt] = '31.02.2021';
	rows[14] = rows[14].slice(0, -1);
	return toCsv([Object.keys(COLUMNS), ...rows]);
}

/** The files by name. */
export function generateFiles(options = {}) {
	const { vehicles, customers, statuses } = generateFleet(options);
	const fleet = JSON.stringify({ customers, statuses }, null, '\t');
	return {
		'vehicles.csv': toCsv([Object.keys(COLUMNS), ...vehicles.map(cellsOf)]),
		'fleet.json': `${fleet}\n`,
		'broken.csv': brokenCsv(options.seed ?? 1),
		'not-json.json':
			'{\n\t"customers": [\n\t\t{ "externalId": "C-9001", "name": "Cut off" },\n\t\t{ "externalId": \n',
	};
}

/** Writes the files into a folder, which is made when it is missing; returns their names. */
export function writeFleet(folder, options = {}) {
	mkdirSync(folder, { recursive: true });
	const files = generateFiles(options);
	for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
	return Object.keys(files);
}

function wholeNumber(name, text, low) {
	if (/^\d+$/.test(text) && Number(text) >= low) return Number(text);
	console.error(`--${name} takes a whole number of at least ${low}, not '${text}'`);
	process.exit(1);
}

function main() {
	const { values } = parseArgs({
		options: {
			out: { type: 'string' },
			vehicles: { type: 'string', default: '1000' },
			seed: { type: 'string', default: '1' },
		},
	});
	if (!values.out) {
		console.error('Usage: node scripts/generate-fleet.mjs --out DIR [--vehicles 1000] [--seed 1]');
		process.exit(1);
	}
	const dir = resolve(values.out);
	const names = writeFleet(dir, {
		vehicles: wholeNumber('vehicles', values.vehicles, 1),
		seed: wholeNumber('seed', values.seed, 0),
	});
	console.log(`${names.join(', ')} written to ${dir}`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(resolve(process.argv[1])).href) main();
