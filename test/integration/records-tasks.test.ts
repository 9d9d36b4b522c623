import { ClosedTaskError, RecordNotFoundError, RuleScopeError } from '../../src/app/errors';
import { createCustomer } from '../../src/app/records/customers';
import { cancelTask, completeTask } from '../../src/app/records/move-task';
import { createRule } from '../../src/app/records/rules';
import { attachRuleToTask, detachRuleFromTask } from '../../src/app/records/task-rules';
import { createTask, getTask, listTasks, removeTask, updateTask } from '../../src/app/records/tasks';
import { createVehicle, removeVehicle } from '../../src/app/records/vehicles';
import { IllegalTaskTransitionError } from '../../src/domain/task';
import { openRecordsFleet, START } from './records-fleet';
import type { RecordsFleet } from './records-fleet';
import { ruleInput } from './records-rule-input';

describe('tasks', () => {
	let fleet: RecordsFleet;
	beforeEach(async () => {
		fleet = await openRecordsFleet();
	});
	afterEach(async () => await fleet.close());

	const newRule = async (name: string, vehicles: string) =>
		(await createRule(fleet, ruleInput({ name, scope: { vehicles } }))).record;

	it('are created for a vehicle and a customer that the caller names', async () => {
		const vehicle = await createVehicle(fleet, { plate: 'A 1' });
		const customer = await createCustomer(fleet, { name: 'Ada' });
		await fleet.newEvents();
		const links = { vehicle: { key: 'a 1' }, customer: { key: 'Ada' } };
		const task = await createTask(fleet, { title: 'Wash', dueAt: '2026-02-01T00:00:00Z' }, links);
		expect(task).toEqual({
			id: task.id,
			title: 'Wash',
			description: null,
			state: 'created',
			vehicleId: vehicle.id,
			customerId: customer.id,
			dueAt: Date.UTC(2026, 1, 1),
			firingId: null,
			ruleIds: [],
			createdAt: START,
			updatedAt: START,
			closedAt: null,
		});
		expect(await fleet.newEvents()).toMatchObject([{ type: 'taskCreated', recordId: task.id }]);
		const freed = await updateTask(fleet, { id: task.id }, { title: 'Clean' }, { vehicle: null });
		expect(freed).toMatchObject({ title: 'Clean', vehicleId: null, customerId: customer.id });
		await updateTask(fleet, { id: task.id }, { title: 'Clean' });
		expect((await fleet.newEvents()).map(({ type }) => type)).toEqual(['taskUpdated']);
	});

	it('are refused whole when a link is wrong', async () => {
		const rule = await newRule('Everywhere', 'all');
		await expect(createTask(fleet, { title: 'x', vehicleId: 9 })).rejects.toThrow(RecordNotFoundError);
		await expect(createTask(fleet, { title: 'x', ruleIds: [9] })).rejects.toThrow("no rule '9'");
		await expect(createTask(fleet, { title: 'x', ruleIds: [rule.id] })).rejects.toThrow(RuleScopeError);
		await expect(createTask(fleet, { title: 'x', ruleIds: ['a'] })).rejects.toThrow("'a' in ruleIds.0");
		await expect(createTask(fleet, { description: 'x' })).rejects.toThrow('has no title');
		expect(await listTasks(fleet)).toEqual([]);
		expect(await fleet.newEvents()).toEqual([]);
	});

	it('are completed or canceled once', async () => {
		const first = await createTask(fleet, { title: 'Wash' });
		const second = await createTask(fleet, { title: 'Refuel' });
		await fleet.newEvents();
		const at = fleet.nextHour();
		expect(await completeTask(fleet, { id: first.id })).toMatchObject({ state: 'complete', closedAt: at });
		expect(await cancelTask(fleet, { id: second.id })).toMatchObject({ state: 'canceled', closedAt: at });
		await expect(cancelTask(fleet, { id: first.id })).rejects.toThrow(IllegalTaskTransitionError);
		await expect(completeTask(fleet, { id: first.id })).rejects.toThrow('The task is complete already');
		expect((await fleet.newEvents()).map(({ type }) => type)).toEqual(['taskCompleted', 'taskCanceled']);
		expect(await listTasks(fleet, { where: { state: 'canceled' } })).toHaveLength(1);
	});

	it('take rules with the scope tasks, and give them back', async () => {
		const [first, second] = [await newRule('One', 'tasks'), await newRule('Two', 'tasks')];
		const everywhere = await newRule('Everywhere', 'all');
		const { id } = await createTask(fleet, { title: 'Wash', ruleIds: [first.id] });
		await fleet.newEvents();
		const changed = await attachRuleToTask(fleet, { id }, { key: 'Two' });
		expect(changed.ruleIds).toEqual([first.id, second.id]);
		await attachRuleToTask(fleet, { id }, { id: second.id });
		await expect(attachRuleToTask(fleet, { id }, { id: everywhere.id })).rejects.toMatchObject({
			message: expect.stringContaining("its scope is 'all'") as unknown,
			hint: expect.stringContaining("'tasks'") as unknown,
		});
		expect((await detachRuleFromTask(fleet, { id }, { key: 'One' })).ruleIds).toEqual([second.id]);
		await detachRuleFromTask(fleet, { id }, { key: 'One' });
		expect((await fleet.newEvents()).map(({ type }) => type)).toEqual(['taskUpdated', 'taskUpdated']);
		await cancelTask(fleet, { id });
		await expect(attachRuleToTask(fleet, { id }, { key: 'One' })).rejects.toThrow(ClosedTaskError);
	});

	it('are canceled with their vehicle, so that their rules do not watch the others', async () => {
		const { id } = await createVehicle(fleet, { plate: 'A 1' });
		const rule = await newRule('One', 'tasks');
		const task = await createTask(fleet, { title: 'Wash', vehicleId: id, ruleIds: [rule.id] });
		await removeVehicle(fleet, { id });
		expect((await getTask(fleet, { id: task.id })).state).toBe('canceled');
		const { taskWatches } = await fleet.store.read(async ({ rules }) => await rules.active());
		expect(taskWatches).toEqual([]);
	});

	it('are removed with an event', async () => {
		const task = await createTask(fleet, { title: 'Wash' });
		await fleet.newEvents();
		await removeTask(fleet, { id: task.id });
		expect(await fleet.newEvents()).toEqual([
			{ type: 'taskDeleted', at: START, recordId: task.id, record: task },
		]);
		await expect(getTask(fleet, { id: task.id })).rejects.toThrow("There is no task '1'");
	});
});
