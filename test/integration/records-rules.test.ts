import { DuplicateRecordError, NoStatusYetError, RecordNotFoundError } from '../../src/app/errors';
import { acknowledgeFiring, getFiring, listFirings } from '../../src/app/records/firings';
import { cancelTask } from '../../src/app/records/move-task';
import {
	createRule,
	disableRule,
	enableRule,
	getRule,
	listRules,
	removeRule,
	updateRule,
	upsertRule,
} from '../../src/app/records/rules';
import { createTask } from '../../src/app/records/tasks';
import { testRule } from '../../src/app/records/test-rule';
import { createVehicle, removeVehicle } from '../../src/app/records/vehicles';
import { InvalidFieldError } from '../../src/domain/errors';
import type { Rule } from '../../src/domain/rules/rule';
import { openRecordsFleet } from './records-fleet';
import type { RecordsFleet } from './records-fleet';
import { ruleInput } from './records-rule-input';

describe('rules', () => {
	let fleet: RecordsFleet;
	beforeEach(async () => {
		fleet = await openRecordsFleet();
	});
	afterEach(async () => await fleet.close());

	const newVehicle = async (plate: string) => (await createVehicle(fleet, { plate })).id;

	/** The rule is met for the vehicle, as the feed would store it. */
	async function fire(rule: Rule, vehicleId: number, taskId: number | null = null): Promise<number> {
		return await fleet.store.write(async ({ firings, rules }) => {
			const openedAt = fleet.clock();
			const { id: ruleId, version: ruleVersion, name: ruleName, severity } = rule;
			const evidence = { fuelLevel: 12 };
			const firing = { ruleId, ruleVersion, ruleName, severity, vehicleId, taskId, openedAt, evidence };
			const [firingId = 0] = await firings.open([{ ...firing, messageId: 'm1' }]);
			await rules.saveStates([{ ruleId, vehicleId, firingId, lastFiredAt: openedAt, isMet: true }]);
			return firingId;
		});
	}

	const stateOf = async (vehicleId: number) =>
		await fleet.store.read(async ({ rules }) => await rules.states([vehicleId]));

	it('warn of attributes that nobody has reported', async () => {
		await fleet.report(await newVehicle('A 1'), { fuelLevel: 50, speed: 3 });
		expect((await createRule(fleet, ruleInput())).warnings).toEqual([]);
		const pattern = {
			all: [
				{ attribute: 'fuellevel', operator: 'lt', value: 15 },
				{ attribute: 'latitude', operator: 'gt', value: 0 },
				{ not: { attribute: 'tyrePressure', operator: 'exists' } },
			],
		};
		const { record, warnings } = await updateRule(fleet, { key: 'Low fuel' }, { pattern });
		expect(record).toMatchObject({ version: 2, pattern, severity: 'warning' });
		expect(warnings).toEqual([
			"No vehicle has reported 'fuellevel' yet. Did you mean 'fuelLevel'?",
			"No vehicle has reported 'tyrePressure' yet.",
		]);
	});

	it('are known by a name of their own', async () => {
		const { record } = await createRule(fleet, ruleInput());
		await expect(createRule(fleet, ruleInput())).rejects.toThrow(DuplicateRecordError);
		const again = await upsertRule(fleet, ruleInput({ severity: 'critical' }));
		expect(again).toMatchObject({ created: false, record: { id: record.id, version: 2 } });
		expect(await upsertRule(fleet, ruleInput({ severity: 'critical' }))).toMatchObject({
			created: false,
			record: { version: 2 },
		});
		const actions = [{ type: 'createTask', title: 'Refuel' }];
		expect(await upsertRule(fleet, ruleInput({ name: 'Other', actions }))).toMatchObject({ created: true });
		expect((await updateRule(fleet, { key: 'Other' }, { actions, name: undefined })).record.version).toBe(1);
		const read = await getRule(fleet, { key: 'Other' });
		expect((await updateRule(fleet, { id: read.id }, { ...read })).record).toEqual(read);
		expect((await listRules(fleet)).map(({ name }) => name)).toEqual(['Low fuel', 'Other']);
	});

	it('are refused for unknown template fields and for vehicles that are not there', async () => {
		const actions = [{ type: 'storeLog', message: '{{vehicle.plat}}' }];
		await expect(createRule(fleet, ruleInput({ actions }))).rejects.toThrow(InvalidFieldError);
		const scope = { vehicles: 'vehicle', vehicleId: 9 };
		await expect(createRule(fleet, ruleInput({ scope }))).rejects.toThrow(RecordNotFoundError);
		expect(await listRules(fleet)).toEqual([]);
	});

	it('end what they have open when they are disabled, and start afresh', async () => {
		const id = await newVehicle('A 1');
		const { record } = await createRule(fleet, ruleInput());
		const other = (await createRule(fleet, ruleInput({ name: 'Other' }))).record;
		const firingId = await fire(record, id);
		const otherFiringId = await fire(other, id);
		await fleet.newEvents();
		const at = fleet.nextHour();
		expect(await disableRule(fleet, { key: 'Low fuel' })).toMatchObject({ enabled: false });
		expect(await getFiring(fleet, { id: firingId })).toMatchObject({ clearedAt: at });
		expect(await listFirings(fleet, { where: { clearedAt: null } })).toMatchObject([{ id: otherFiringId }]);
		expect(await fleet.newEvents()).toMatchObject([
			{ type: 'ruleCleared', recordId: firingId, record: { clearedAt: at } },
		]);
		const [state, otherState] = await stateOf(id);
		expect(state).toMatchObject({ firingId: null, isMet: false });
		expect(otherState).toMatchObject({ firingId: otherFiringId, isMet: true });
		expect(await enableRule(fleet, { key: 'Low fuel' })).toMatchObject({ enabled: true });
		expect(await fleet.newEvents()).toEqual([]);
	});

	it('end what they have open when they, their task or the vehicle goes', async () => {
		const [first, second, third] = [
			await newVehicle('A 1'),
			await newVehicle('A 2'),
			await newVehicle('A 3'),
		];
		const everywhere = (await createRule(fleet, ruleInput({ name: 'Everywhere' }))).record;
		const scope = { vehicles: 'tasks' };
		const ofTask = (await createRule(fleet, ruleInput({ name: 'Of task', scope }))).record;
		const task = await createTask(fleet, { title: 'Wash', ruleIds: [ofTask.id] });
		const [ofVehicle, ofRule] = [await fire(everywhere, first), await fire(everywhere, second)];
		const throughTask = await fire(ofTask, third, task.id);
		const open = async () => (await listFirings(fleet, { where: { clearedAt: null } })).map(({ id }) => id);

		await cancelTask(fleet, { id: task.id });
		expect(await open()).not.toContain(throughTask);
		await removeVehicle(fleet, { id: first });
		expect(await open()).toEqual([ofRule]);
		await removeRule(fleet, { id: everywhere.id });
		expect(await open()).toEqual([]);
		expect(await getFiring(fleet, { id: ofVehicle })).toMatchObject({ ruleName: 'Everywhere' });
		await expect(getRule(fleet, { key: 'Everywhere' })).rejects.toThrow(RecordNotFoundError);
	});

	it('have firings that are acknowledged once', async () => {
		const { record } = await createRule(fleet, ruleInput());
		const id = await fire(record, await newVehicle('A 1'));
		const at = fleet.nextHour();
		expect(await acknowledgeFiring(fleet, { id })).toMatchObject({ acknowledgedAt: at, clearedAt: null });
		fleet.nextHour();
		expect(await acknowledgeFiring(fleet, { id })).toMatchObject({ acknowledgedAt: at });
		await expect(acknowledgeFiring(fleet, { id: id + 1 })).rejects.toThrow(RecordNotFoundError);
	});

	it('can be tried on a vehicle or on given attributes', async () => {
		const id = await newVehicle('A 1');
		await createRule(fleet, ruleInput({ scope: { vehicles: 'tasks' } }));
		const rule = { key: 'Low fuel' };
		await expect(testRule(fleet, rule, { vehicle: { id } })).rejects.toThrow(NoStatusYetError);
		await fleet.report(id, { fuelLevel: 12 });
		const met = await testRule(fleet, rule, { vehicle: { key: 'a 1' } });
		expect(met).toMatchObject({ met: true, evidence: { fuelLevel: 12 } });
		expect(met.sentence).toMatch(/^Met: .*fuelLevel.*15.*fuelLevel is 12/);
		await disableRule(fleet, rule);
		const notMet = await testRule(fleet, rule, { attributes: { speed: 3 } });
		expect(notMet).toMatchObject({ met: false, evidence: {} });
		expect(notMet.sentence).toMatch(/^Not met: .*fuelLevel was never reported.*disabled/);
		await expect(testRule(fleet, rule, { attributes: { a: [] } })).rejects.toThrow(InvalidFieldError);
		expect(await listFirings(fleet)).toEqual([]);
	});
});
