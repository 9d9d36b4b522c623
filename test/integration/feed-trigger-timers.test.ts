import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FleetFeedTrigger } from '../../nodes/FleetFeedTrigger/FleetFeedTrigger.node';
import { FleetRules } from '../../nodes/FleetRules/FleetRules.node';
import type { TypeOrmStore } from '../../src/adapters/store/open-store';
import type { Fleet } from '../../src/app/fleet';
import { createRule } from '../../src/app/records/rules';
import { createVehicle } from '../../src/app/records/vehicles';
import { closeStores, openBus, openFleet } from '../../src/n8n/runtime';
import { eventually } from '../e2e/tools/eventually';
import { executeNode, loadOptionsContext } from '../lib/node-context';
import { startTrigger, type TriggerRun } from '../lib/trigger-context';

const FEED = 'fleet.status';
const MINUTE = 60_000;

const folder = mkdtempSync(join(tmpdir(), 'fleet-timers-'));
const credentials = { fleetStoreApi: { storeType: 'sqlite', path: join(folder, 'fleet.sqlite') } };
const context = () => loadOptionsContext({ node: new FleetRules(), credentials });

let fleet: Fleet;
let running: TriggerRun | undefined;

const start = async () =>
	(running = await startTrigger(
		new FleetFeedTrigger(),
		{ transport: 'embedded', feed: FEED, mode: 'evaluate', options: {} },
		credentials,
	));

/** Reports that the clock finds missing what follows them, since ten minutes are over. */
async function publish(...vehicles: string[]): Promise<void> {
	const bus = await openBus(context(), 'embedded');
	const reportedAt = Date.now() - 10 * MINUTE - 6000;
	await bus.publish(
		FEED,
		vehicles.map((vehicle) => ({
			key: vehicle,
			payload: JSON.stringify({ vehicle, reportedAt, attributes: { speed: 1 } }),
		})),
	);
	await bus.close();
}

const firedFor = ({ emitted }: TriggerRun) =>
	emitted.flatMap(([fired = []]) => fired.map(({ vehicle }) => (vehicle as { plate: string }).plate));

beforeAll(async () => {
	fleet = await openFleet(context());
	for (const plate of ['A 1', 'A 2', 'A 3', 'A 4']) await createVehicle(fleet, { plate });
	await createRule(fleet, { name: 'Silent', pattern: { absent: { forSeconds: 600 } } });
});

afterEach(async () => {
	await running?.close();
	running = undefined;
});

afterAll(async () => {
	await closeStores();
	rmSync(folder, { recursive: true });
});

describe('Fleet Feed Trigger', () => {
	it('fires what the clock decides, once, and not any more when it is closed', async () => {
		const trigger = await start();
		await publish('A 1');
		await eventually('the rule has fired', () => trigger.emitted.length > 0, 10_000);
		await trigger.close();
		await publish('A 2');
		await new Promise((resolve) => setTimeout(resolve, 1500));
		expect(firedFor(trigger)).toEqual(['A 1']);
		expect(trigger.failures).toEqual([]);

		const next = await start();
		await eventually('the other one has fired', () => next.emitted.length > 0, 10_000);
		expect(firedFor(next)).toEqual(['A 2']);
	}, 30_000);

	it('tells a failure of the clock once, and goes on when its cause is mended', async () => {
		const { database } = fleet.store as TypeOrmStore;
		await database.write((query) => query('ALTER TABLE backlog RENAME TO backlog_away'));
		const trigger = await start();
		await eventually('the failure is told', () => trigger.failures.length > 0, 15_000);
		await new Promise((resolve) => setTimeout(resolve, 2200));
		expect(trigger.failures).toEqual([
			expect.stringContaining('What is due by the clock could not be done and will be tried again'),
		]);
		await database.write((query) => query('ALTER TABLE backlog_away RENAME TO backlog'));
		await publish('A 3');
		await eventually('the rule has fired', () => trigger.emitted.length > 0, 15_000);
		expect(firedFor(trigger)).toEqual(['A 3']);
		expect(trigger.failures).toHaveLength(1);
	}, 40_000);
});

describe('Fleet Rules', () => {
	it('rings due timers without messages', async () => {
		const node = new FleetRules();
		const vehicle = 'A 4';
		const reportedAt = Date.now() - 10 * MINUTE - 6000;
		const taken = await executeNode({
			node,
			credentials,
			parameters: { feed: FEED },
			items: [{ vehicle, reportedAt, attributes: { speed: 1 } }],
		});
		expect(taken.outputs).toEqual([[], [], []]);
		const ring = () => executeNode({ node, credentials, parameters: { operation: 'ring' } });
		expect((await ring()).outputs).toMatchObject([
			[{ json: { vehicle: { plate: vehicle }, firing: { ruleName: 'Silent' } }, pairedItem: [{ item: 0 }] }],
			[],
			[],
		]);
		expect((await ring()).outputs).toEqual([[], [], []]);
	});
});
