import { byKey, ruleParameters } from '../../../scripts/demo/fleet-desk.mjs';
import { nodeRunner } from '../../../scripts/demo/run-node.mjs';
import type { RunningFleet } from '../lib/start-fleet';
import { eventually } from '../tools/eventually';
import { startWorkflow } from '../tools/workflows';

/** Creates records through a store credential, and lets a rule fire over a feed in that store. */
export async function fleetInPostgres({ n8n }: RunningFleet, settings: object): Promise<void> {
	const { id, name } = await n8n.call<{ id: string; name: string }>('POST', '/credentials', {
		name: 'Fleet in PostgreSQL',
		type: 'fleetStoreApi',
		data: settings,
	});
	const credentials = { fleetStoreApi: { id, name } };
	const runner = nodeRunner(n8n);
	const inPostgres = async (resource: string, operation: string, parameters: object) =>
		await runner.run({
			type: 'n8n-nodes-fleet.fleet',
			parameters: { resource, operation, ...parameters },
			credentials,
		});
	const vin = '1M8GDM9AXKP042788';
	const [vehicle] = await inPostgres('vehicle', 'create', { vin, plate: 'B PG 1' });
	const rule = ruleParameters({
		name: 'Low fuel',
		conditions: [['fuelLevel', 'lt', '15']],
		actions: [{ type: 'storeLog', message: '{{vehicle.plate}} at {{attributes.fuelLevel}} %' }],
	});
	await inPostgres('rule', 'create', rule);
	await startWorkflow(n8n, {
		name: 'Feed in PostgreSQL',
		steps: [
			{
				name: 'Feed',
				type: 'n8n-nodes-fleet.fleetFeedTrigger',
				parameters: { transport: 'embedded', feed: 'fleet.status', mode: 'evaluate', options: {} },
				credentials,
			},
			{ name: 'End', type: 'n8n-nodes-base.noOp', parameters: {} },
		],
	});
	const message = { vehicle: vin, reportedAt: new Date().toISOString(), attributes: { fuelLevel: 9 } };
	await runner.run(
		{
			type: 'n8n-nodes-fleet.fleetFeed',
			parameters: { transport: 'embedded', feed: 'fleet.status', source: 'item', options: {} },
			credentials,
		},
		[message, message],
	);
	const logs = await eventually('the rule has fired', async () => {
		const found = await inPostgres('log', 'getAll', { returnAll: true });
		return found.length > 0 && found;
	});
	expect(logs).toEqual([expect.objectContaining({ message: 'B PG 1 at 9 %', vehicleId: vehicle?.id })]);
	await expect(inPostgres('vehicle', 'getAll', { returnAll: true })).resolves.toEqual([
		expect.objectContaining({ vin, plate: 'B PG 1' }),
	]);
	const status = await inPostgres('status', 'get', { vehicle: byKey(vin) });
	expect(status).toEqual([expect.objectContaining({ attributes: { fuelLevel: 9 } })]);
}
