import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { FleetFeedTrigger } from '../../nodes/FleetFeedTrigger/FleetFeedTrigger.node';
import { FleetRules } from '../../nodes/FleetRules/FleetRules.node';
import { replayRejectedMessage } from '../../src/app/feed/replay-message';
import type { Fleet } from '../../src/app/fleet';
import { listRejectedMessages } from '../../src/app/records/rejected-messages';
import { createVehicle } from '../../src/app/records/vehicles';
import { closeStores, openBus, openFleet } from '../../src/n8n/runtime';
import { eventually } from '../e2e/tools/eventually';
import { loadOptionsContext } from '../lib/node-context';
import { startTrigger, type RunEnd, type TriggerRun } from '../lib/trigger-context';

const folder = mkdtempSync(join(tmpdir(), 'fleet-messages-'));
const credentials = { fleetStoreApi: { storeType: 'sqlite', path: join(folder, 'fleet.sqlite') } };
const context = () => loadOptionsContext({ node: new FleetRules(), credentials });

let fleet: Fleet;
let running: TriggerRun | undefined;

const start = async (feed: string, endOf: (outputs: IDataObject[][]) => RunEnd, options = {}) =>
	(running = await startTrigger(
		new FleetFeedTrigger(),
		{ transport: 'embedded', feed, mode: 'messages', options: { maxTries: 1, ...options } },
		credentials,
		endOf,
	));

async function publish(feed: string, numbers: readonly number[]): Promise<void> {
	const bus = await openBus(context(), 'embedded');
	const reportedAt = Date.now() - 60_000;
	await bus.publish(
		feed,
		numbers.map((speed) => ({
			key: 'A 1',
			payload: JSON.stringify({ vehicle: 'A 1', reportedAt: reportedAt + speed, attributes: { speed } }),
		})),
	);
	await bus.close();
}

const speedsOf = (outputs: IDataObject[][]) =>
	(outputs[0] ?? []).map(({ message }) => (message as { attributes: { speed: number } }).attributes.speed);

beforeAll(async () => {
	fleet = await openFleet(context());
	await createVehicle(fleet, { plate: 'A 1' });
});

afterEach(async () => {
	await running?.close();
	running = undefined;
});

afterAll(async () => {
	await closeStores();
	rmSync(folder, { recursive: true });
});

describe('a feed that emits messages', () => {
	it('sets aside those with which the workflow fails, with its reason, and reads on', async () => {
		const done: number[] = [];
		await publish('some-fail', [1, 2, 3, 4, 5, 6, 7, 8]);
		const { failures } = await start('some-fail', (outputs) => {
			const speeds = speedsOf(outputs);
			if (speeds.includes(3) || speeds.includes(4)) return { status: 'error', error: 'no such plate' };
			done.push(...speeds);
			return { status: 'success' };
		});
		await publish('some-fail', [9]);
		await eventually('all that can be is done', () => Promise.resolve(done.includes(9)));
		expect(done).toEqual([1, 2, 5, 6, 7, 8, 9]);
		const kept = await listRejectedMessages(fleet, { where: { feed: 'some-fail' } });
		expect(kept.map(({ reason }) => reason)).toEqual(
			[3, 4].map(() =>
				expect.stringContaining("The workflow ended as 'error' in the node 'Work': no such plate"),
			),
		);
		expect(kept.map(({ transportId }) => transportId)).toEqual([expect.any(String), expect.any(String)]);
		expect(await replayRejectedMessage(fleet, { id: kept[0]?.id ?? 0 })).toMatchObject({ outcome: 'taken' });
		const logs = await fleet.store.read((session) => session.logs.find());
		expect(logs.map(({ message }) => message)).toEqual([
			expect.stringContaining("2 messages of the feed 'some-fail' made the workflow fail and were set aside"),
		]);
		expect(failures).toEqual([]);
	});

	it('keeps all while the workflow fails with each, and starts it no more than some times', async () => {
		let isBroken = true;
		await publish(
			'all-fail',
			Array.from({ length: 200 }, (_, index) => index),
		);
		const { emitted, failures } = await start('all-fail', () =>
			isBroken ? { status: 'error', error: 'no such password' } : { status: 'success' },
		);
		await eventually('it was sought', () => Promise.resolve(emitted.length > 20));
		expect(emitted.length).toBeLessThan(30);
		isBroken = false;
		const whole = () => emitted.some((outputs, index) => index > 20 && outputs[0]?.length === 200);
		await eventually('it works again', () => Promise.resolve(whole()), 30_000);
		expect(await listRejectedMessages(fleet, { where: { feed: 'all-fail' } })).toEqual([]);
		expect(failures).toEqual([]);
	});
});
