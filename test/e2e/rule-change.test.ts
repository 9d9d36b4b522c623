import { createRule, updateRule } from '../../src/app/records/rules';
import { createVehicle } from '../../src/app/records/vehicles';
import { type RunningFleet, START_WITHIN_MS, startFleet } from './lib/start-fleet';
import { eventually } from './tools/eventually';
import { queryFleet } from './tools/fleet-file';
import { inOtherProcess } from './tools/other-process';

/** What the shipped workflow "feed to actions" reads. */
const FEED = 'fleet.status';

let running: RunningFleet;
beforeAll(async () => {
	running = await startFleet();
}, START_WITHIN_MS);
afterAll(async () => await running?.stop(), START_WITHIN_MS);

const firingsOf = (ruleName: string) =>
	queryFleet(running.host, 'SELECT "ruleVersion" FROM firing WHERE "ruleName" = ? ORDER BY id', ruleName);

describe('a rule that another process changes', () => {
	beforeAll(async () => {
		await inOtherProcess(running.host, async (fleet) => {
			await createVehicle(fleet, { plate: 'B FL 4711' });
			await createRule(fleet, {
				name: 'Low',
				pattern: { attribute: 'fuelLevel', operator: 'lt', value: 10 },
			});
			await createRule(fleet, { name: 'Silent', pattern: { absent: { forSeconds: 3600 } } });
		});
	});

	const publish = async (fuelLevel: number) =>
		await inOtherProcess(running.host, async (_fleet, bus) => {
			const message = { vehicle: 'B FL 4711', reportedAt: Date.now(), attributes: { fuelLevel } };
			await bus.publish(FEED, [{ key: 'B FL 4711', payload: JSON.stringify(message) }]);
		});

	it('goes by its new version at the next message, without a restart', async () => {
		await publish(5);
		await eventually('the first version fires', () => firingsOf('Low').length === 1);
		await publish(60);
		await inOtherProcess(running.host, async (fleet) => {
			const pattern = { attribute: 'fuelLevel', operator: 'lt', value: 50 };
			await updateRule(fleet, { key: 'Low' }, { pattern });
		});
		await publish(30);
		await eventually('the second version fires', () => firingsOf('Low').length === 2);
		expect(firingsOf('Low')).toEqual([{ ruleVersion: 1 }, { ruleVersion: 2 }]);
	});

	it('goes by its new version without a message, when the clock decides', async () => {
		expect(firingsOf('Silent')).toEqual([]);
		await inOtherProcess(running.host, async (fleet) => {
			await updateRule(fleet, { key: 'Silent' }, { pattern: { absent: { forSeconds: 1 } } });
		});
		await eventually('the clock fires', () => firingsOf('Silent').length > 0);
		expect(firingsOf('Silent')).toEqual([{ ruleVersion: 2 }]);
	});
});
