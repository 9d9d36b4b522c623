import { byId, ruleParameters } from '../../../scripts/demo/fleet-desk.mjs';
import type { RunningFleet } from '../lib/start-fleet';
import { queryFleet } from '../tools/fleet-file';
import { fileOf, tryNode } from '../tools/workflows';

const CSV = ['plate,make,year', 'N FL 1,MAN,2020', 'N FL 2,MAN,2021', 'N FL 3,DAF,2022', ''].join('\n');
const RULE = 'Flat tire (previewed)';

/** What an import writes. */
const TABLES = [
	...(['vehicle', 'customer', 'task', 'status_history', 'vehicle_status', 'inbox'] as const),
	...(['rule_state', 'firing', 'log', 'action', 'quarantine', 'known_attribute'] as const),
	...(['import', 'import_row_error', 'import_change', 'import_mapping'] as const),
];

/** The Fleet Import node, as a workflow of one's own has it. */
export function importNode(running: () => RunningFleet): void {
	async function run(parameters: object, file?: ReturnType<typeof fileOf>) {
		const node = { type: 'n8n-nodes-fleet.fleetImport', parameters: { ...parameters } };
		const { outputs, error } = await tryNode(running().n8n, node, [{}], file);
		expect(error).toBeUndefined();
		return outputs.map((items) => items.map(({ json }) => json));
	}
	const create = async (fileName: string, text: string, parameters: object = {}) =>
		await run({ operation: 'create', source: 'binary', ...parameters }, fileOf(fileName, text));
	const plates = () =>
		queryFleet(running().host, `SELECT plate, make FROM vehicle WHERE plate LIKE 'N FL %' ORDER BY plate`);
	const counts = () =>
		TABLES.map((table) => queryFleet(running().host, `SELECT count(*) AS n FROM "${table}"`)[0]?.n);

	describe('Fleet Import', () => {
		let id = 0;

		it('gives the bad rows at its second output, and an import that has ended at its first', async () => {
			const text = `${CSV}N FL 4,DAF,soon\nN FL 5,DAF,2023\n`;
			const [imports, badRows] = await create('first.csv', text, { waitForEnd: true });
			expect(imports).toEqual([
				expect.objectContaining({
					...{ state: 'done', known: false, fileName: 'first.csv', percent: 100 },
					...{ rowsDone: 5, rowsCreated: 4, rowsFailed: 1 },
				}),
			]);
			expect(badRows).toEqual([
				expect.objectContaining({
					...{ importId: imports?.[0]?.id, fileName: 'first.csv', row: 5, column: 'year', value: 'soon' },
					message: expect.stringContaining("'soon'"),
				}),
			]);
			expect(plates()).toHaveLength(4);
			id = Number(imports?.[0]?.id);
		});

		it('shows what an import would do, and which rules would fire, and does nothing of it', async () => {
			const { desk } = running();
			await desk.fleet('rule', 'create', {
				...ruleParameters({
					name: RULE,
					conditions: [['tirePressure', 'lt', '2']],
					actions: [{ type: 'storeLog', message: 'Flat' }],
				}),
			});
			const before = counts();
			const [vehicles] = await run(
				{ operation: 'preview' },
				fileOf('second.csv', CSV.replace('2,MAN', '2,Scania').concat('N FL 6,MAN,2024\nN FL 7,MAN,soon\n')),
			);
			expect(vehicles).toEqual([
				expect.objectContaining({
					...{ fileName: 'second.csv', rowsRead: 5, isWholeFile: true },
					...{ rowsToCreate: 1, rowsToUpdate: 1, rowsUnchanged: 2, rowsToFail: 1 },
					rows: [
						expect.objectContaining({
							...{ row: 3, outcome: 'updated', label: 'N FL 2' },
							changes: [{ record: 'vehicle', field: 'make', before: 'MAN', after: 'Scania' }],
						}),
						expect.objectContaining({ row: 5, outcome: 'created', label: 'N FL 6' }),
					],
					errors: [expect.objectContaining({ row: 6, column: 'year', value: 'soon' })],
					firings: [],
				}),
			]);
			const statuses = [1.5, 3, 1.2].map((tirePressure, index) => ({
				...{ vehicle: `N FL ${index + 1}`, reportedAt: new Date(Date.now() - 60_000).toISOString() },
				attributes: { tirePressure },
			}));
			const [reports] = await run(
				{ operation: 'preview' },
				fileOf('third.json', JSON.stringify({ statuses })),
			);
			expect(reports).toEqual([
				expect.objectContaining({ rowsToCreate: 3, rowsToFail: 0, firings: [{ rule: RULE, fired: 2 }] }),
			]);
			expect(counts()).toEqual(before);
		});

		it('holds an import until it is resumed', async () => {
			const [held] = await create('held.csv', 'plate\nN FL 8\n', { options: { hold: true } });
			expect(held).toEqual([expect.objectContaining({ state: 'canceled', startedAt: null, rowsDone: 0 })]);
			const [resumed] = await run({
				...{ operation: 'resume', import: byId(String(held?.[0]?.id)), waitForEnd: true },
			});
			expect(resumed).toEqual([expect.objectContaining({ state: 'done', rowsCreated: 1 })]);
		});

		it('cancels an import that another works on, also where that one has died', async () => {
			const [held] = await create('canceled.csv', 'plate\nNC FL 1\n', { options: { hold: true } });
			const lease = (until: number) =>
				queryFleet(
					running().host,
					`UPDATE import SET state = 'running', "leaseToken" = 'of another', "leaseUntil" = ? WHERE id = ?`,
					...[until, Number(held?.[0]?.id)],
				);
			const ref = byId(String(held?.[0]?.id));
			lease(Date.now() + 600_000);
			const [asked] = await run({ operation: 'cancel', import: ref });
			expect(asked).toEqual([expect.objectContaining({ state: 'running', cancelRequested: true })]);
			lease(Date.now() - 1);
			await run({ operation: 'run', which: 'one', import: ref });
			const [canceled] = await running().desk.fleet('import', 'get', { import: ref });
			expect(canceled).toMatchObject({ state: 'canceled' });
		});

		it('takes an import back as one, but for what something newer has changed', async () => {
			const [vehicle] = queryFleet(running().host, `SELECT id FROM vehicle WHERE plate = 'N FL 3'`);
			await running().desk.fleet('vehicle', 'update', {
				...{ vehicle: byId(Number(vehicle?.id)), updateFields: { make: 'Volvo' } },
			});
			const [imports, left] = await run({ operation: 'undo', import: byId(id), waitForEnd: true });
			expect(imports).toEqual([expect.objectContaining({ id, state: 'undone', undoLeft: 1 })]);
			expect(left).toEqual([
				expect.objectContaining({
					...{ importId: id, record: 'vehicle', recordId: vehicle?.id, label: 'N FL 3' },
					reason: expect.any(String),
				}),
			]);
			expect(plates()).toEqual([
				{ plate: 'N FL 3', make: 'Volvo' },
				{ plate: 'N FL 8', make: null },
			]);
		});
	});
}
