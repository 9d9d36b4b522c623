import { byId } from '../../../scripts/demo/fleet-desk.mjs';
import { generateFiles } from '../../../scripts/generate-fleet.mjs';
import type { RunningFleet } from '../lib/start-fleet';
import { eventually } from '../tools/eventually';
import { executionsOf } from '../tools/executions';
import { type Accepted, callUploadApi, submitUploadForm } from '../tools/uploads';

export const files: Readonly<Record<string, string>> = generateFiles({ vehicles: 40, seed: 7 });
export const csv = files['vehicles.csv'] ?? '';
const json = files['fleet.json'] ?? '';
const { customers, statuses } = JSON.parse(json) as Record<'customers' | 'statuses', object[]>;

/** The import with this id, once it has ended. */
export async function endedImport({ desk }: RunningFleet, id: number) {
	return await eventually(`import ${id} ends`, async () => {
		const [found] = await desk.fleet('import', 'get', { import: byId(id) });
		return (found?.state === 'done' || found?.state === 'failed') && found;
	});
}

export function uploads(running: () => RunningFleet): void {
	async function accepted(call: Parameters<typeof callUploadApi>[1]) {
		const answer = await callUploadApi(running().n8n, call);
		expect(answer.status).toBe(202);
		const { imports } = answer.body as Accepted;
		return await Promise.all(
			imports.map(async (promised) => {
				const done = await endedImport(running(), promised.id);
				expect(done).toMatchObject(promised);
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

		it('has every import run by the import worker', async () => {
			const runs = await executionsOf(running().n8n.call, 'fleetImportWorker');
			expect(runs).toContainEqual(expect.objectContaining({ mode: 'integrated', status: 'success' }));
		});
	});

	describe('upload form', () => {
		it('takes several files and names their imports on its last page', async () => {
			const { page } = await submitUploadForm(running().n8n, {
				'customers.json': '[{"externalId":"F-1","name":"Grace Hopper"}]',
				'vehicles.csv': 'License plate,Make\nHH FL 1,MAN\nHH FL 2,DAF\n',
			});
			expect(page).toContain('Your files are on their way into the fleet');
			const ids = [...page.matchAll(/Import (\d+): (\S+\.(?:csv|json))/g)];
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
