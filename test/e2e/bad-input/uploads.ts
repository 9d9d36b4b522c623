import { byId } from '../../../scripts/demo/fleet-desk.mjs';
import { generateFiles } from '../../../scripts/generate-fleet.mjs';
import type { RunningFleet } from '../lib/start-fleet';
import { eventually } from '../tools/eventually';
import { queryFleet } from '../tools/fleet-file';
import { type Accepted, callUploadApi, submitUploadForm } from '../tools/uploads';

const files: Readonly<Record<string, string>> = generateFiles();
const broken = files['broken.csv'] ?? '';
const notJson = files['not-json.json'] ?? '';

/** The rows of a CSV without quotes. */
const cellsOf = (csv: string) =>
	csv
		.trim()
		.split('\n')
		.map((line) => line.split(','));

export function badUploads(running: () => RunningFleet): void {
	const count = (table: string) =>
		queryFleet(running().host, `SELECT count(*) AS n FROM "${table}"`)[0]?.n as number;

	async function ended(id: number) {
		return await eventually(`import ${id} ends`, async () => {
			const [found] = await running().desk.fleet('import', 'get', { import: byId(id) });
			return (found?.state === 'done' || found?.state === 'failed') && found;
		});
	}

	async function uploaded(body: string | FormData, query: string, type: string) {
		const answer = await callUploadApi(running().n8n, { body, query, type });
		expect(answer.status).toBe(202);
		const [accepted] = (answer.body as Accepted).imports;
		return await ended(accepted?.id ?? 0);
	}

	describe('uploads with mistakes in them', () => {
		it('takes the good rows of a CSV and says which others it left out, and why', async () => {
			const done = await uploaded(broken, '?fileName=broken.csv', 'text/csv');
			expect(done).toMatchObject({ state: 'done', rowsDone: 24, rowsCreated: 20, rowsFailed: 4 });
			const [, ...rows] = cellsOf(broken);
			const goodVins = rows.filter((_, index) => ![2, 6, 10, 14].includes(index)).map(([vin]) => vin);
			const stored = await running().desk.fleet('vehicle', 'getAll', { returnAll: true });
			expect(stored.map(({ vin }) => vin).sort()).toEqual(goodVins.sort());

			const errors = await running().desk.fleet('import', 'getErrors', {
				import: byId(String(done.id)),
				returnAll: true,
			});
			const firstVin = rows[0]?.[0];
			expect(errors).toEqual([
				expect.objectContaining({ row: 4, column: 'VIN', value: null }),
				expect.objectContaining({ row: 8, column: 'VIN', value: firstVin }),
				expect.objectContaining({ row: 12, column: 'First registration', value: '31.02.2021' }),
				expect.objectContaining({ row: 16, column: null, value: null }),
			]);
			expect(errors.map(({ message }) => message)).toEqual([
				'The VIN is missing: a vehicle needs a VIN, an external id or a plate',
				`The VIN '${firstVin}' stands in row 2 already`,
				"'31.02.2021' is no date with the year first (yyyy-mm-dd), as this column's dates are read: write it as yyyy-mm-dd, e.g. 2021-03-31",
				'The row has 7 cells where the header has 8 columns',
			]);
		});

		it('says where a JSON breaks off, and takes nothing of it', async () => {
			const before = count('customer');
			const form = new FormData();
			form.append('file', new Blob([notJson]), 'not-json.json');
			const { status, body } = await callUploadApi(running().n8n, { body: form });
			expect(status).toBe(202);
			const failed = await ended((body as Accepted).imports[0]?.id ?? 0);
			expect(failed).toMatchObject({ state: 'failed', fileName: 'not-json.json', rowsCreated: 0 });
			expect(failed.error).toMatch(/JSON.*line \d/);
			expect(count('customer')).toBe(before);
		});

		it('refuses a body at once that is said to be JSON and is none, without a stack trace', async () => {
			const before = count('import');
			const answer = await callUploadApi(running().n8n, { body: notJson, type: 'application/json' });
			expect(answer).toEqual({
				status: 422,
				body: { code: 422, message: 'Failed to parse request body', hint: 'Unexpected end of JSON input' },
			});
			expect(count('import')).toBe(before);
		});

		it('answers an empty upload, and records that nobody knows, with what is wrong', async () => {
			const before = count('import');
			const { n8n } = running();
			const empty = await callUploadApi(n8n, { query: '?fileName=empty.csv', type: 'text/csv', body: '' });
			expect(empty.status).toBe(400);
			expect(empty.body).toMatchObject({ error: "The file 'empty.csv' is empty" });
			const cars = await callUploadApi(n8n, { query: '?records=cars', type: 'text/csv', body: 'vin\n' });
			expect(cars.status).toBe(400);
			expect(cars.body).toMatchObject({ error: "There are no records called 'cars'" });
			expect(count('import')).toBe(before);
		});

		it('takes the good file of two, and says which it has taken', async () => {
			const form = new FormData();
			form.append('bad', new Blob(['']), 'empty.csv');
			form.append('good', new Blob(['name\nAda Lovelace\n']), 'customers.csv');
			const { status, body } = await callUploadApi(running().n8n, {
				body: form,
				query: '?records=customers',
			});
			expect(status).toBe(400);
			const { error } = body as { error: string };
			const id = /'customers\.csv' \(import (\d+)\)$/.exec(error)?.[1];
			expect(error).toMatch(/^The file 'empty\.csv' is empty\. Taken all the same: /);
			const [taken] = await running().desk.fleet('import', 'get', { import: byId(Number(id)) });
			expect(taken).toMatchObject({ fileName: 'customers.csv' });
		});

		it('tells the person at the form what is wrong', async () => {
			const before = count('import');
			const without = await submitUploadForm(running().n8n, {});
			expect(without.page).toContain('The upload could not be taken');
			expect(without.page).toContain('There is no file, or it is empty');
			const empty = await submitUploadForm(running().n8n, { 'empty.csv': '' });
			expect(empty.page).toContain("The file 'empty.csv' is empty");
			expect(count('import')).toBe(before);
		});

		it('lets nobody in without the right credentials, and stores nothing of theirs', async () => {
			const { n8n } = running();
			const before = count('import');
			const good = { 'vehicles.csv': 'vin\n1M8GDM9AXKP042788\n' };
			const call = { body: good['vehicles.csv'], type: 'text/csv' };
			expect((await callUploadApi(n8n, { ...call, key: null })).status).toBe(403);
			expect((await callUploadApi(n8n, { ...call, key: 'guessed' })).status).toBe(403);
			expect((await submitUploadForm(n8n, good, null)).status).toBe(401);
			expect((await submitUploadForm(n8n, good, 'guessed')).status).toBe(401);
			expect((await fetch(n8n.addresses.form)).status).toBe(401);
			expect(count('import')).toBe(before);
		});
	});
}
