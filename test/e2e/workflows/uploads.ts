import { gzipSync } from 'node:zlib';

import { byId } from '../../../scripts/demo/fleet-desk.mjs';
import { generateFiles } from '../../../scripts/generate-fleet.mjs';
import type { RunningFleet } from '../lib/start-fleet';
import { eventually } from '../tools/eventually';
import { executionsOf } from '../tools/executions';
import { queryFleet } from '../tools/fleet-file';
import { type Accepted, askUploadApi, callUploadApi, submitUploadForm } from '../tools/uploads';

export const files: Readonly<Record<string, string>> = generateFiles({ vehicles: 40, seed: 7 });
export const csv = files['vehicles.csv'] ?? '';
const json = files['fleet.json'] ?? '';
const { customers, statuses } = JSON.parse(json) as Record<'customers' | 'statuses', object[]>;

/** The import with this id, once it has ended. */
export async function endedImport({ desk }: RunningFleet, id: number) {
	return await eventually(
		`import ${id} ends`,
		async () => {
			const [found] = await desk.fleet('import', 'get', { import: byId(id) });
			return (found?.state === 'done' || found?.state === 'failed') && found;
		},
		75_000,
	);
}

export function uploads(running: () => RunningFleet): void {
	async function accepted(call: Parameters<typeof callUploadApi>[1]) {
		const answer = await callUploadApi(running().n8n, call);
		expect(answer.status).toBe(202);
		const { imports } = answer.body as Accepted;
		return await Promise.all(
			imports.map(async ({ known, ...promised }) => {
				const done = await endedImport(running(), promised.id);
				expect(done).toMatchObject(promised);
				expect(known).toBe(false);
				return done;
			}),
		);
	}
	const total = async (resource: string) =>
		(await running().desk.fleet(resource, 'getAll', { returnAll: true })).length;

	describe('upload API', () => {
		it('takes a CSV as the body of the request', async () => {
			const done = await accepted({ body: csv, type: 'text/csv', query: '?fileName=vehicles.csv' });
			expect(done).toEqual([
				expect.objectContaining({
					state: 'done',
					fileName: 'vehicles.csv',
					uploadedBy: 'Upload API',
					rowsCreated: 40,
					rowsFailed: 0,
				}),
			]);
		});

		it('takes a JSON with several lists as the body of the request', async () => {
			const customersBefore = await total('customer');
			const [done] = await accepted({ body: json, type: 'application/json' });
			expect(done).toMatchObject({
				state: 'done',
				rowsDone: customers.length + statuses.length,
				rowsFailed: 0,
			});
			expect(await total('customer')).toBe(customersBefore + customers.length);
		});

		it('takes two files of one form, as what the query says', async () => {
			const form = new FormData();
			form.append('first', new Blob(['vin\n1G4AH59H45G118341\n']), 'first.csv');
			form.append('second', new Blob(['[{"vin":"1FUJGLDR9CLBP8834"}]']), 'second.json');
			const done = await accepted({ body: form, query: '?records=vehicles' });
			// Both are accepted at once: which of them comes first is not said.
			const told = done.map(({ fileName, state, rowsCreated }) => [fileName, state, rowsCreated]);
			expect(told.sort()).toEqual([
				['first.csv', 'done', 1],
				['second.json', 'done', 1],
			]);
		});

		it('takes the very bytes of a file, zipped and in an encoding of old', async () => {
			const body = new Uint8Array(
				gzipSync(Buffer.from('name;email\nJürgen Groß;jg@customer.example\n', 'latin1')),
			);
			const [done] = await accepted({ body, type: 'application/gzip', query: '?fileName=customers.csv.gz' });
			expect(done).toMatchObject({ sizeBytes: body.length, rowsCreated: 1, rowsFailed: 0 });
			const found = queryFleet(running().host, `SELECT name FROM customer WHERE email LIKE 'jg@%'`);
			expect(found).toEqual([{ name: 'Jürgen Groß' }]);
		});

		it('knows a file that it has taken before, and takes it again only where that is asked for', async () => {
			const call = { body: csv, type: 'text/csv', query: '?fileName=again.csv' };
			const { status, body } = await callUploadApi(running().n8n, call);
			expect(status).toBe(202);
			expect((body as Accepted).imports).toEqual([
				expect.objectContaining({ fileName: 'vehicles.csv', known: true }),
			]);
			const [again] = await accepted({ ...call, query: '?fileName=again.csv&again=true' });
			expect(again).toMatchObject({ fileName: 'again.csv', rowsCreated: 0, rowsUnchanged: 40 });
		});

		it('takes what is sent again with its key once, and refuses another file with it', async () => {
			const sent = { body: 'plate\nD FL 1\n', type: 'text/csv', idempotencyKey: 'delivery 1' };
			const [first] = await accepted(sent);
			// Where the file alone would be taken again.
			const again = await callUploadApi(running().n8n, { ...sent, query: '?again=true' });
			expect(again.status).toBe(202);
			expect((again.body as Accepted).imports).toEqual([
				expect.objectContaining({ id: first?.id, known: true }),
			]);
			const other = await callUploadApi(running().n8n, { ...sent, body: 'plate\nD FL 2\n' });
			expect(other).toEqual({
				status: 409,
				body: { error: expect.stringContaining("'delivery 1'"), hint: expect.any(String) },
			});
			const plates = queryFleet(running().host, `SELECT plate FROM vehicle WHERE plate LIKE 'D FL %'`);
			expect(plates).toEqual([{ plate: 'D FL 1' }]);
		});

		it('answers with what has become of the rows where the sender waits for it, or asks later', async () => {
			const years = ['2020', '2021', '2022', '2023', '2024', 'soon'];
			const body = ['plate,year', ...years.map((year, index) => `E FL ${index},${year}`), ''].join('\n');
			const answer = await callUploadApi(running().n8n, { body, type: 'text/csv', query: '?wait=true' });
			const ended = {
				...{ state: 'done', percent: 100, rowsDone: 6, rowsTotal: 6 },
				...{ rowsCreated: 5, rowsUpdated: 0, rowsUnchanged: 0, rowsFailed: 1, error: null },
			};
			const badRow = {
				...{ row: 7, column: 'year', value: 'soon' },
				message: expect.stringContaining("'soon'"),
			};
			expect(answer).toEqual({
				status: 200,
				body: {
					imports: [expect.objectContaining({ ...ended, known: false })],
					badRows: [expect.objectContaining(badRow)],
				},
			});
			const id = (answer.body as Accepted).imports[0]?.id ?? 0;
			expect(await askUploadApi(running().n8n, id)).toEqual({
				status: 200,
				body: expect.objectContaining({
					...{ ...ended, id, questions: [] },
					badRows: [expect.objectContaining(badRow)],
				}),
			});
			expect(await askUploadApi(running().n8n, 987_654)).toEqual({
				status: 404,
				body: { error: expect.stringContaining('987654'), hint: expect.any(String) },
			});
		});

		it('has every import run by the import worker', async () => {
			const runs = await executionsOf(running().n8n.call, 'fleetImportWorker');
			expect(runs).toContainEqual(expect.objectContaining({ mode: 'integrated', status: 'success' }));
		});
	});

	describe('upload form', () => {
		it('takes several files and leads to the page of their imports', async () => {
			const { page, html } = await submitUploadForm(running().n8n, {
				'customers.json': '[{"externalId":"F-1","name":"Grace Hopper"}]',
				'vehicles.csv': 'License plate,Make\nHH FL 1,MAN\nHH FL 2,DAF\n',
			});
			expect(page).toContain('Your files');
			const ids = [...html.matchAll(/<a href="\?id=(\d+)">(\S+\.(?:csv|json))/g)];
			expect(ids.map(([, , name]) => name).sort()).toEqual(['customers.json', 'vehicles.csv']);
			const done = await Promise.all(ids.map(async ([, id]) => await endedImport(running(), Number(id))));
			expect(done.map(({ state, uploadedBy }) => [state, uploadedBy])).toEqual([
				['done', 'Upload form'],
				['done', 'Upload form'],
			]);
			expect(done.reduce((sum, { rowsCreated }) => sum + Number(rowsCreated), 0)).toBe(3);
		});
	});
}
