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
import { NEVER_MET } from '../../src/domain/rules/rule-state';
import { openRecordsFleet, START } from './records-fleet';
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
			const [firingId = 0] = await firings.open([{ ...firing, isShadow: false, messageId: 'm1' }]);
			const open = { openedAt, severity, isAcknowledged: false, notifiedAt: openedAt };
			const memory = { parts: [1] };
			const state = { isMet: true, lastFiredAt: openedAt, open, firedOn: null, memory, dueAt: openedAt };
			await rules.saveStates([{ ruleId, vehicleId, firingId, state }]);
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
		expect(state).toEqual({
			ruleId: record.id,
			vehicleId: id,
			firingId: null,
			state: { ...NEVER_MET, lastFiredAt: START },
		});
		expect(otherState).toMatchObject({ firingId: otherFiringId, state: { isMet: true } });
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

	it('forget what they remember of vehicles when it is of no use any more, and only then', async () => {
		const id = await newVehicle('A 1');
		const { record } = await createRule(fleet, ruleInput());
		const memories: unknown[] = [];
		for (const change of [
			{ severity: 'info' },
			{ pattern: { attribute: 'fuelLevel', operator: 'lt', value: 20 } },
			{ clear: { attribute: 'fuelLevel', operator: 'gt', value: 40 } },
			{ clear: null },
			{ escalations: [{ severity: 'critical', afterSeconds: 60 }] },
			{ maxGapSeconds: 600 },
			{ fire: { remindEverySeconds: 600 } },
		]) {
			const firingId = await fire(record, id);
			const { record: changed } = await updateRule(fleet, { id: record.id }, change);
			expect(changed.enabled).toBe(true);
			const [state] = await stateOf(id);
			expect(state).toMatchObject({ firingId, state: { isMet: true, open: { openedAt: START } } });
			memories.push(state?.state.memory);
		}
		const kept = { parts: [1] };
		expect(memories).toEqual([kept, null, null, null, null, null, kept]);
		const read = await getRule(fleet, { id: record.id });
		expect(read).toMatchObject({ version: 8, maxGapSeconds: 600 });
		expect(read.clear).toBeUndefined();
	});

	it('are looked at by the clock for silent vehicles when they ask for silence', async () => {
		const [id, never] = [await newVehicle('A 1'), await newVehicle('A 2')];
		await fleet.report(id, { fuelLevel: 12 });
		const pattern = { absent: { forSeconds: 600 } };
		const { record } = await createRule(fleet, ruleInput({ pattern }));
		const due = async (at: number) =>
			await fleet.store.read(async ({ rules }) => await rules.dueVehicles(at, 10));
		expect([await due(START - 1), await due(START)]).toEqual([[], [id]]);
		await fire(record, id);
		const at = fleet.nextHour();
		await disableRule(fleet, { id: record.id });
		expect(await due(at)).toEqual([]);
		await enableRule(fleet, { id: record.id });
		expect([await due(at - 1), await due(at)]).toEqual([[], [id]]);
		expect(await stateOf(never)).toEqual([]);
		expect((await createRule(fleet, ruleInput({ name: 'Plain' }))).record.enabled).toBe(true);
		expect(await stateOf(id)).toHaveLength(1);
	});

	it('take their trials with them when they are disabled or removed, and keep them out of lists', async () => {
		const id = await newVehicle('A 1');
		const { record } = await createRule(fleet, ruleInput());
		const { id: _id, version: _version, shadowOf: _of, createdAt: _at, updatedAt: _to, ...fields } = record;
		for (const end of [disableRule, removeRule]) {
			const trial = await fleet.store.write(({ rules }) => rules.createShadow(record.id, fields, START));
			expect((await getRule(fleet, { key: 'Low fuel' })).id).toBe(record.id);
			expect(await listRules(fleet)).toMatchObject([{ id: record.id }]);
			expect(await listRules(fleet, { where: { shadowOf: record.id } })).toMatchObject([{ id: trial.id }]);
			const firingId = await fleet.store.write(async ({ firings }) => {
				const opened = { vehicleId: id, taskId: null, openedAt: START, evidence: {}, messageId: 'm' };
				const rule = { ruleId: trial.id, ruleVersion: 1, ruleName: trial.name, severity: trial.severity };
				return (await firings.open([{ ...rule, ...opened, isShadow: true }]))[0] ?? 0;
			});
			await fleet.newEvents();
			await end(fleet, { id: record.id });
			await expect(getRule(fleet, { id: trial.id })).rejects.toThrow(RecordNotFoundError);
			expect(await getFiring(fleet, { id: firingId })).toMatchObject({ clearedAt: START });
			expect(await fleet.newEvents()).toEqual([]);
		}
	});

	it('have firings that are acknowledged once', async () => {
		const { record } = await createRule(fleet, ruleInput());
		const id = await fire(record, await newVehicle('A 1'));
		const at = fleet.nextHour();
		expect(await acknowledgeFiring(fleet, { id })).toMatchObject({ acknowledgedAt: at, clearedAt: null });
		const [state] = await stateOf((await getFiring(fleet, { id })).vehicleId);
		expect(state).toMatchObject({ firingId: id, state: { isMet: true, open: { isAcknowledged: true } } });
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
