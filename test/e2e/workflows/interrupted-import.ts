import type { RunningFleet } from '../lib/start-fleet';
import { eventually } from '../tools/eventually';
import { executionsOf } from '../tools/executions';
import { queryFleet } from '../tools/fleet-file';
import { type Accepted, callUploadApi } from '../tools/uploads';
import { endedImport } from './uploads';

const PLATES = ['K FL 1', 'K FL 2', 'K FL 3'];

/** An import whose worker died after its first row. */
export function interruptedImport(running: () => RunningFleet) {
	let id = 0;
	const plates = () =>
		queryFleet(running().host, `SELECT plate FROM vehicle WHERE plate LIKE 'K FL %' ORDER BY plate`);

	const isLeft = () =>
		describe('an import that was interrupted', () => {
			it('waits with what it has done', async () => {
				const body = ['plate', ...PLATES, ''].join('\n');
				const answer = await callUploadApi(running().n8n, { body, type: 'text/csv' });
				id = (answer.body as Accepted).imports[0]?.id ?? 0;
				await endedImport(running(), id);
				const { host } = running();
				queryFleet(host, `DELETE FROM vehicle WHERE plate IN ('K FL 2', 'K FL 3')`);
				queryFleet(
					host,
					`UPDATE import SET state = 'running', "rowsDone" = 1, "rowsCreated" = 1, "endedAt" = NULL,
						"leaseToken" = 'of one that died', "leaseUntil" = ? WHERE id = ?`,
					Date.now() - 1,
					id,
				);
				expect(plates()).toHaveLength(1);
			});
		});

	const isTakenUp = () =>
		describe('import worker', () => {
			it('goes on where an interrupted import stopped, by its own schedule', async () => {
				const done = await eventually(
					'the interrupted import is done',
					() => {
						const [found] = queryFleet(running().host, 'SELECT * FROM import WHERE id = ?', id);
						return found?.state === 'done' && found;
					},
					75_000,
				);
				expect(done).toMatchObject({ rowsDone: 3, rowsCreated: 3, rowsFailed: 0 });
				expect(plates().map(({ plate }) => plate)).toEqual(PLATES);
				const runs = await executionsOf(running().n8n.call, 'fleetImportWorker');
				expect(runs).toContainEqual(expect.objectContaining({ mode: 'trigger', status: 'success' }));
			}, 90_000);
		});

	return { isLeft, isTakenUp };
}
