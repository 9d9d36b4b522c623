import { RecordNotFoundError } from '../../src/app/errors';
import { listFirings } from '../../src/app/records/firings';
import { createRule, getRule, listRules, updateRule } from '../../src/app/records/rules';
import { backtestRule } from '../../src/app/rules/backtest-rule';
import { explainRule } from '../../src/app/rules/explain-rule';
import { compareRuleVersions, listRuleVersions, restoreRuleVersion } from '../../src/app/rules/rule-versions';
import { adoptTrial, compareTrial, startTrial, stopTrial } from '../../src/app/rules/rule-trial';
import { completeTask } from '../../src/app/records/move-task';
import { createTask } from '../../src/app/records/tasks';
import { createVehicle, getVehicle } from '../../src/app/records/vehicles';
import { MINUTE, START, feedFixture, report, type FeedFixture } from '../lib/feed-fixture';

const below = (value: number) => ({ attribute: 'fuelLevel', operator: 'lt', value });

const lowFuel = {
	name: 'Low fuel',
	pattern: below(15),
	actions: [{ type: 'storeLog', message: '{{vehicle.plate}} at {{attributes.fuelLevel}} %' }],
};

let fixture: FeedFixture;
beforeEach(async () => {
	fixture = await feedFixture();
	await createVehicle(fixture.fleet, { plate: 'VAN-1' });
	await createVehicle(fixture.fleet, { plate: 'VAN-2' });
});
afterEach(async () => await fixture.close());

/** One vehicle runs low twice, the other just a little once. */
async function feedHistory(): Promise<void> {
	fixture.now = START + 10 * MINUTE;
	await fixture.feed(
		report('VAN-1', 0, { fuelLevel: 50 }),
		report('VAN-2', 0, { fuelLevel: 30 }),
		report('VAN-1', 1, { fuelLevel: 10 }),
		report('VAN-1', 2, { fuelLevel: 60 }),
		report('VAN-2', 3, { fuelLevel: 18 }),
		report('VAN-1', 4, { fuelLevel: 5 }),
		report('VAN-1', 2, { fuelLevel: 1 }),
	);
}

describe('a backtest', () => {
	it('fires as the feed did, says what would have been done, and changes nothing', async () => {
		const { record } = await createRule(fixture.fleet, lowFuel);
		await feedHistory();
		const before = await listFirings(fixture.fleet);
		const result = await backtestRule(fixture.fleet, { id: record.id });
		expect(result.firings.map(({ vehicle, openedAt, clearedAt }) => [vehicle, openedAt, clearedAt])).toEqual([
			['VAN-1', START + MINUTE, START + 2 * MINUTE],
			['VAN-1', START + 4 * MINUTE, null],
		]);
		expect(result).toMatchObject({ statuses: 7, vehicles: 2, fired: 2, stillOpen: 1, difference: null });
		expect(before.map(({ openedAt }) => openedAt)).toEqual(result.firings.map(({ openedAt }) => openedAt));
		expect(result.days).toEqual([{ day: '2026-03-01', fired: 2 }]);
		expect(result.byVehicle).toMatchObject([{ vehicle: 'VAN-1', fired: 2 }]);
		expect(result.actions).toEqual({ sendEmail: 0, storeLog: 2, createTask: 0 });
		expect(result.firings[0]?.actions).toEqual([{ type: 'storeLog', message: 'VAN-1 at 10 %' }]);
		expect(await listFirings(fixture.fleet)).toEqual(before);
		expect(await getRule(fixture.fleet, { id: record.id })).toEqual(record);
	});

	it('takes reports of one time in the order of their sequence, however they came, as a feed with a delay does', async () => {
		await fixture.close();
		fixture = await feedFixture({ allowedDelayMs: MINUTE });
		await createVehicle(fixture.fleet, { plate: 'VAN-1' });
		const { record } = await createRule(fixture.fleet, lowFuel);
		await fixture.feed(
			report('VAN-1', 0, { fuelLevel: 50 }, { sequence: 2 }),
			report('VAN-1', 0, { fuelLevel: 10 }, { sequence: 1 }),
		);
		expect((await fixture.ringAt(5)).fired).toHaveLength(1);
		expect(await backtestRule(fixture.fleet, { id: record.id })).toMatchObject({ fired: 1, stillOpen: 0 });
	});

	it('tells a changed rule from the saved one', async () => {
		const { record } = await createRule(fixture.fleet, lowFuel);
		await feedHistory();
		const changes = { pattern: below(20), fire: { on: 'edge', cooldownSeconds: 3600 } };
		const { fired, suppressed, difference, days } = await backtestRule(
			fixture.fleet,
			{ key: 'Low fuel' },
			{ changes },
			{ to: START + 5 * MINUTE },
		);
		expect({ fired, suppressed }).toEqual({ fired: 2, suppressed: 1 });
		expect(difference).toMatchObject({ savedVersion: 1, savedFired: 2, inBoth: 1 });
		expect(difference?.onlyBefore).toMatchObject([{ vehicle: 'VAN-1', openedAt: START + 4 * MINUTE }]);
		expect(difference?.onlyAfter).toMatchObject([{ vehicle: 'VAN-2', openedAt: START + 3 * MINUTE }]);
		expect(days).toEqual([{ day: '2026-03-01', fired: 2, saved: 2 }]);
		await updateRule(fixture.fleet, { id: record.id }, { pattern: below(3) });
		const old = await backtestRule(fixture.fleet, { id: record.id }, { version: 1 });
		expect(old).toMatchObject({ fired: 2, difference: { savedVersion: 2, savedFired: 0 } });
		const one = await backtestRule(fixture.fleet, { id: record.id }, {}, { vehicle: { key: 'VAN-2' } });
		expect(one).toMatchObject({ vehicles: 1, statuses: 2, fired: 0 });
		await expect(backtestRule(fixture.fleet, { id: record.id }, { version: 9 })).rejects.toThrow(
			RecordNotFoundError,
		);
	});

	it('and a trial watch the vehicles of the open tasks that the rule is attached to, before it is enabled', async () => {
		const scope = { vehicles: 'tasks' };
		const { record } = await createRule(fixture.fleet, { ...lowFuel, scope, enabled: false });
		const watched = await getVehicle(fixture.fleet, { key: 'VAN-1' });
		const tour = { title: 'Tour', vehicleId: watched.id, ruleIds: [record.id] };
		const task = await createTask(fixture.fleet, tour);
		await startTrial(fixture.fleet, { id: record.id }, { changes: { pattern: below(20) } });
		await feedHistory();
		const tried = await listFirings(fixture.fleet);
		expect(tried.map(({ vehicleId, taskId }) => [vehicleId, taskId])).toEqual(
			Array(2).fill([watched.id, task.id]),
		);
		const { firings } = await backtestRule(fixture.fleet, { id: record.id });
		expect(firings.map(({ openedAt }) => openedAt)).toEqual(tried.map(({ openedAt }) => openedAt));
		await completeTask(fixture.fleet, { id: task.id });
		expect(await listFirings(fixture.fleet, { where: { clearedAt: null } })).toEqual([]);
		await fixture.feed(report('VAN-1', 5, { fuelLevel: 60 }), report('VAN-1', 6, { fuelLevel: 5 }));
		expect(await listFirings(fixture.fleet)).toHaveLength(2);
	});

	it('rings timers up to its end, without a report', async () => {
		const silent = { absent: { forSeconds: 300 } };
		const { record } = await createRule(fixture.fleet, { ...lowFuel, pattern: silent });
		await feedHistory();
		const until = async (minutes: number) =>
			(
				await backtestRule(fixture.fleet, { id: record.id }, {}, { to: START + minutes * MINUTE })
			).firings.map(({ vehicle, openedAt }) => [vehicle, (openedAt - START) / MINUTE]);
		expect(await until(7)).toEqual([]);
		expect(await until(9)).toEqual([
			['VAN-1', 9],
			['VAN-2', 8],
		]);
	});
});

describe('versions of a rule', () => {
	it('are listed, compared and restored', async () => {
		const { record } = await createRule(fixture.fleet, lowFuel);
		const ref = { id: record.id };
		const clear = { attribute: 'fuelLevel', operator: 'gt', value: 20 };
		await updateRule(fixture.fleet, ref, { pattern: below(10), clear, enabled: false });
		expect(await listRuleVersions(fixture.fleet, ref)).toMatchObject([
			{
				version: 2,
				isCurrent: true,
				changed: expect.arrayContaining(['enabled', 'pattern', 'clear']) as unknown,
			},
			{ version: 1, isCurrent: false, changed: [] },
		]);
		const { differences } = await compareRuleVersions(fixture.fleet, ref, [1, 2]);
		expect(differences).toContainEqual({ field: 'clear', before: null, after: clear });
		expect(differences).toContainEqual({ field: 'pattern', before: below(15), after: below(10) });
		const { record: restored } = await restoreRuleVersion(fixture.fleet, ref, 1);
		expect(restored).toMatchObject({ version: 3, pattern: below(15), enabled: false });
		expect(restored.clear).toBeUndefined();
		await expect(restoreRuleVersion(fixture.fleet, ref, 7)).rejects.toThrow("no version of the rule '7'");
	});

	it('are named by the firings', async () => {
		const { record } = await createRule(fixture.fleet, lowFuel);
		await updateRule(fixture.fleet, { id: record.id }, { pattern: below(12) });
		await feedHistory();
		expect((await listFirings(fixture.fleet)).map(({ ruleVersion }) => ruleVersion)).toEqual([2, 2]);
	});
});

describe('a trial', () => {
	it('fires beside its rule without doing anything, is compared with it, and adopted', async () => {
		const { record } = await createRule(fixture.fleet, lowFuel);
		const ref = { id: record.id };
		await startTrial(fixture.fleet, ref, { changes: { pattern: below(20) } });
		await feedHistory();
		const logs = await fixture.store.read(({ logs }) => logs.find());
		expect(logs.map(({ message }) => message)).toEqual(['VAN-1 at 10 %', 'VAN-1 at 5 %']);
		expect((await fixture.events()).filter(({ type }) => type === 'ruleFired')).toHaveLength(2);
		const compared = await compareTrial(fixture.fleet, ref);
		expect(compared).toMatchObject({ saved: { fired: 2 }, trial: { fired: 3 }, inBoth: 2, onlyBefore: [] });
		expect(compared.onlyAfter).toMatchObject([{ vehicle: 'VAN-2', openedAt: START + 3 * MINUTE }]);
		expect(await listRules(fixture.fleet)).toHaveLength(1);
		expect((await adoptTrial(fixture.fleet, ref)).record).toMatchObject({ version: 2, pattern: below(20) });
		await expect(compareTrial(fixture.fleet, ref)).rejects.toThrow("The rule 'Low fuel' has no trial");
	});

	it('ends when it is stopped, and when another one starts', async () => {
		const { record } = await createRule(fixture.fleet, lowFuel);
		const ref = { id: record.id };
		await startTrial(fixture.fleet, ref, { changes: { pattern: below(20) } });
		await startTrial(fixture.fleet, ref, { changes: { pattern: below(90) } });
		const trials = async () => await listRules(fixture.fleet, { where: { shadowOf: record.id } });
		expect(await trials()).toMatchObject([{ pattern: below(90) }]);
		await stopTrial(fixture.fleet, ref);
		expect(await trials()).toEqual([]);
		await expect(stopTrial(fixture.fleet, ref)).rejects.toThrow('has no trial');
		expect(await getRule(fixture.fleet, ref)).toEqual(record);
	});
});

describe('explaining a rule', () => {
	it('says how near it is, with the values that decide', async () => {
		const pattern = {
			all: [
				{ ...below(15), forSeconds: 600 },
				{ attribute: 'ignition', operator: 'eq', value: true },
			],
		};
		const { record } = await createRule(fixture.fleet, { ...lowFuel, pattern });
		fixture.now = START + 9 * MINUTE + 40_000;
		await fixture.feed(report('VAN-1', 0, { fuelLevel: 12, ignition: true }));
		const explained = await explainRule(fixture.fleet, { id: record.id }, { key: 'VAN-1' });
		expect(explained).toMatchObject({ met: false, vehicle: 'VAN-1', lastFiring: null });
		expect(explained.text).toContain('9:40 of 10:00');
		expect(explained.text).toContain('✓ ignition is true');
		await fixture.ringAt(11);
		const met = await explainRule(fixture.fleet, { id: record.id }, { key: 'VAN-1' });
		expect(met).toMatchObject({ met: true, lastFiring: { openedAt: START + 10 * MINUTE, ruleVersion: 1 } });
		await expect(explainRule(fixture.fleet, { id: record.id }, { key: 'VAN-2' })).rejects.toThrow('VAN-2');
	});
});
