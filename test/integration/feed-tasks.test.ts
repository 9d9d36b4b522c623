import { cancelTask } from '../../src/app/records/move-task';
import { createTask } from '../../src/app/records/tasks';
import { disableRule, updateRule } from '../../src/app/records/rules';
import { feedFixture, lowFuel, report, standardFleet, type FeedFixture } from '../lib/feed-fixture';

describe('rules that change while a feed runs', () => {
	let fixture: FeedFixture;
	beforeEach(async () => {
		fixture = await feedFixture();
	});
	afterEach(() => fixture.close());

	it('of a task watch its vehicle while it is open, and are quiet when it is canceled', async () => {
		const { fleet, feed } = fixture;
		const { vehicle, rule } = await standardFleet(fixture, { ...lowFuel, scope: { vehicles: 'tasks' } });
		expect((await feed(report('M-AB 123', -9, { fuelLevel: 1 }))).fired).toEqual([]);

		const task = await createTask(fleet, { title: 'Tour', vehicleId: vehicle.id, ruleIds: [rule.id] });
		expect(
			(await feed(report('M-AB 123', -8, { fuelLevel: 1 }), report('M-AB 124', -8, { fuelLevel: 1 }))).fired,
		).toMatchObject([{ vehicle: { id: vehicle.id }, firing: { taskId: task.id } }]);
		await feed(report('M-AB 123', -7, { fuelLevel: 80 }));

		await cancelTask(fleet, { id: task.id });
		expect((await feed(report('M-AB 123', -6, { fuelLevel: 1 }))).fired).toEqual([]);
		expect(await fleet.store.read(({ firings }) => firings.count())).toBe(1);
	});

	it('are evaluated as they are saved: new threshold, then disabled', async () => {
		const { fleet, feed } = fixture;
		const { rule } = await standardFleet(fixture);
		expect((await feed(report('M-AB 123', -9, { fuelLevel: 20 }))).fired).toEqual([]);
		await updateRule(
			fleet,
			{ id: rule.id },
			{ pattern: { attribute: 'fuelLevel', operator: 'lt', value: 30 } },
		);
		expect((await feed(report('M-AB 123', -8, { fuelLevel: 20 }))).fired).toMatchObject([
			{ firing: { ruleVersion: 2 } },
		]);
		await disableRule(fleet, { id: rule.id });
		expect(await feed(report('M-AB 124', -7, { fuelLevel: 1 }))).toMatchObject({ fired: [], cleared: [] });
	});
});
