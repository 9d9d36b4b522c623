import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseStatusMessages } from '../src/domain/message-formats/message-reader';
import { parseVin, vinCheckDigit } from '../src/domain/vin';

let dir: string;
let files: Record<string, string>;

function generate(name: string, ...options: string[]): Record<string, string> {
	const out = join(dir, name);
	execFileSync(process.execPath, [join(__dirname, 'generate-fleet.mjs'), '--out', out, ...options]);
	return Object.fromEntries(readdirSync(out).map((file) => [file, readFileSync(join(out, file), 'utf8')]));
}

beforeAll(() => {
	dir = mkdtempSync(join(tmpdir(), 'fleet-files-'));
	files = generate('first');
});
afterAll(() => rmSync(dir, { recursive: true }));

test('a seed always gives the same bytes, another seed others', () => {
	expect(Object.keys(files).sort()).toEqual(['broken.csv', 'fleet.json', 'not-json.json', 'vehicles.csv']);
	expect(generate('second')).toEqual(files);
	expect(generate('third', '--seed', '2')['vehicles.csv']).not.toBe(files['vehicles.csv']);
});

test('vehicles have valid VINs and plates of their own', () => {
	const rows = (files['vehicles.csv'] ?? '')
		.trim()
		.split('\n')
		.slice(1)
		.map((line) => line.split(','));
	expect(rows).toHaveLength(1_000);
	for (const [vin = '', plate = ''] of rows) {
		expect(parseVin(vin, 'vin')).toBe(vin);
		expect(vin[8]).toBe(vinCheckDigit(vin));
		expect(plate).toMatch(/^([A-Z]{1,3}-[A-Z]{2} \d{3,4}E?|[A-Z]{2}-\d{3}-[A-Z]{2}|\d[A-Z]{3}\d{3})$/);
	}
	expect(new Set(rows.map(([vin]) => vin)).size).toBe(1_000);
	expect(new Set(rows.map(([, plate]) => plate)).size).toBe(1_000);
	expect(generate('small', '--vehicles', '7')['vehicles.csv']?.trim().split('\n')).toHaveLength(8);
});

test('status messages are such that a feed takes them, in order of time, with plausible values', () => {
	const { customers, statuses } = JSON.parse(files['fleet.json'] ?? '') as {
		customers: { externalId: string }[];
		statuses: unknown[];
	};
	expect(new Set(customers.map(({ externalId }) => externalId)).size).toBe(50);
	const parsed = parseStatusMessages(JSON.stringify(statuses), { now: Date.UTC(2025, 2, 4), maxFutureMs: 0 });
	expect(parsed).toHaveLength(2_000);
	const lastOdometer = new Map<string, number>();
	let lastTime = 0;
	for (const status of parsed) {
		if (!status.ok) throw new Error(status.reason);
		const { vehicleKey, reportedAt, attributes } = status.message;
		const { odometer, fuelLevel } = attributes as { odometer: number; fuelLevel: number };
		expect(reportedAt).toBeGreaterThanOrEqual(lastTime);
		expect(odometer).toBeGreaterThanOrEqual(lastOdometer.get(vehicleKey) ?? 0);
		expect(fuelLevel >= 0 && fuelLevel <= 100).toBe(true);
		lastTime = reportedAt;
		lastOdometer.set(vehicleKey, odometer);
	}
});
