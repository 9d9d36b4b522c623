import { byId, byKey, ruleParameters } from '../../../scripts/demo/fleet-desk.mjs';
import type { RunningFleet } from '../lib/start-fleet';
import { tryNode } from '../tools/workflows';

const FLEET = 'n8n-nodes-fleet.fleet';
const VINS = ['1G4AH59H45G118341', 'not a VIN', '1FUJGLDR9CLBP8834'];

export function badItems(running: () => RunningFleet): void {
	const createVehicle = {
		type: FLEET,
		parameters: { resource: 'vehicle', operation: 'create', vin: '={{ $json.vin }}' },
	};
	const removeVehicles = async () => {
		const { desk } = running();
		for (const vin of [VINS[0], VINS[2]]) {
			if (vin) await desk.fleet('vehicle', 'delete', { vehicle: byKey(vin) });
		}
	};
	const items = VINS.map((vin) => ({ vin }));

	describe('items with mistakes in them', () => {
		it('names the action, the field and the nearest name of a template that knows no such field', async () => {
			const rule = ruleParameters({
				name: 'Typing error',
				conditions: [['fuelLevel', 'lt', '15']],
				actions: [{ type: 'storeLog', message: 'Low fuel: {{vehicle.plat}}' }],
			});
			const { error } = await tryNode(
				running().n8n,
				{
					type: FLEET,
					parameters: { resource: 'rule', operation: 'create', ...rule },
				},
				[{}],
			);
			const said = `${error?.message} ${error?.description}`;
			expect(said).toContain('Action 1: Message');
			expect(said).toContain('vehicle.plat');
			expect(said).toContain('vehicle.plate');
			const rules = await running().desk.fleet('rule', 'getAll', { returnAll: true });
			expect(rules.filter(({ name }) => name === 'Typing error')).toEqual([]);
		});

		it('refuses a transition that a task cannot make', async () => {
			const { desk } = running();
			const [task] = await desk.fleet('task', 'create', { title: 'Wash' });
			const ref = { task: byId(Number(task?.id)) };
			await desk.fleet('task', 'complete', ref);
			const cancel = { type: FLEET, parameters: { resource: 'task', operation: 'cancel', ...ref } };
			const { error } = await tryNode(running().n8n, cancel, [{}]);
			expect(error?.message).toMatch(/complete/);
			expect(error?.message).toMatch(/cancel/);
			await expect(desk.fleet('task', 'get', ref)).resolves.toEqual([
				expect.objectContaining({ state: 'complete' }),
			]);
		});

		it('stops at the bad item and names it where the node shall stop', async () => {
			const { error } = await tryNode(running().n8n, createVehicle, items);
			expect(error?.message).toMatch(/'(NOT A VIN|not a VIN)'.*\[item 1\]$/);
			expect(error?.description).toBeTruthy();
			await running().desk.fleet('vehicle', 'delete', { vehicle: byKey(VINS[0] ?? '') });
		});

		it('lets the good items through, paired, where the node shall go on', async () => {
			const { outputs } = await tryNode(
				running().n8n,
				{ ...createVehicle, onError: 'continueRegularOutput' },
				items,
			);
			expect(outputs[0]).toEqual([
				expect.objectContaining({ json: expect.objectContaining({ vin: VINS[0] }), pairedItem: { item: 0 } }),
				expect.objectContaining({
					json: { error: expect.stringMatching(/VIN/), details: expect.any(String) },
					pairedItem: { item: 1 },
				}),
				expect.objectContaining({ json: expect.objectContaining({ vin: VINS[2] }), pairedItem: { item: 2 } }),
			]);
			await removeVehicles();
		});

		it('sends the bad item, and only it, to the error output', async () => {
			const { outputs } = await tryNode(
				running().n8n,
				{ ...createVehicle, onError: 'continueErrorOutput' },
				items,
			);
			expect(outputs[0]?.map(({ json, pairedItem }) => [json.vin, pairedItem])).toEqual([
				[VINS[0], { item: 0 }],
				[VINS[2], { item: 2 }],
			]);
			expect(outputs[1]).toEqual([
				expect.objectContaining({
					json: expect.objectContaining({ vin: VINS[1], error: expect.stringMatching(/VIN/) }),
					pairedItem: { item: 1 },
				}),
			]);
			await removeVehicles();
		});
	});
}
