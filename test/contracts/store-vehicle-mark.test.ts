import type { StoreSession } from '../../src/app/ports/store';
import { NEVER_MET } from '../../src/domain/rules/rule-state';
import { AT, customerFields, firing, report, ruleFields, taskFields, vehicleFields } from './store/samples';
import { describeStores } from './store/stores';
import { addVehicles } from '../lib/add-vehicles';

type Work = (session: StoreSession) => Promise<unknown>;

const state = { ruleId: 1, vehicleId: 1, firingId: null, state: { ...NEVER_MET, isMet: true } };
const waiting = { message: { ...report(1), vehicleKey: 'A' }, receivedAt: AT, dueAt: AT };

const CHANGES: readonly (readonly [what: string, work: Work])[] = [
	['a vehicle is made', ({ vehicles }) => vehicles.create(vehicleFields({ plate: 'B' }), AT)],
	['a vehicle is changed', ({ vehicles }) => vehicles.update(1, { name: 'x' }, AT)],
	['vehicles are imported', (session) => addVehicles(session, [{ plate: 'C', name: 'y' }], AT)],
	['a vehicle is attached', ({ vehicles }) => vehicles.attach(1, 1, AT)],
	['a vehicle is removed', ({ vehicles }) => vehicles.remove(1)],
	['a customer is changed', ({ customers }) => customers.update(1, { attributes: { limit: 3 } }, AT)],
	['a customer is removed', ({ customers }) => customers.remove(1)],
	['a rule is made', ({ rules }) => rules.create(ruleFields(), AT)],
	['a rule is disabled', ({ rules }) => rules.update(1, { enabled: false }, AT)],
	['a rule is removed', ({ rules }) => rules.remove(1)],
	['a state is saved', ({ rules }) => rules.saveStates([state])],
	['a state is taken away', ({ rules }) => rules.saveStates([{ ...state, state: NEVER_MET }])],
	['a rule is made due', ({ rules }) => rules.makeDue(1, AT)],
	['a status is saved', ({ statuses }) => statuses.saveCurrent([report(1)])],
	['a firing opens', ({ firings }) => firings.open([firing()])],
	['a firing is cleared', ({ firings }) => firings.clear([{ id: 1, clearedAt: AT }])],
	['a firing is acknowledged', ({ firings }) => firings.acknowledge(1, AT)],
	['a firing gets worse', ({ firings }) => firings.changeSeverity([{ id: 1, severity: 'critical' }])],
	[
		'a report waits',
		({ backlogs }) => backlogs.save([{ vehicleId: 1, evaluated: null, waiting: [waiting] }]),
	],
	[
		'a report waits no more',
		({ backlogs }) => backlogs.save([{ vehicleId: 1, evaluated: null, waiting: [] }]),
	],
];

const OTHERS: readonly (readonly [what: string, work: Work])[] = [
	[
		'a log entry',
		({ logs }) => logs.append([{ at: AT, level: 'info', message: 'vehicle', vehicleId: 1, firingId: 1 }]),
	],
	['a task', ({ tasks }) => tasks.create(taskFields({ vehicleId: 1 }), AT)],
	['history', ({ statuses }) => statuses.append([report(1)])],
	['the inbox', ({ inbox }) => inbox.add('f', ['m'], AT)],
	[
		'an event',
		({ events }) => events.append([{ type: 'vehicleCreated', at: AT, recordId: 1, record: { id: 1 } }]),
	],
	['an action', ({ actions }) => actions.claim({ token: 't', now: AT, leaseMs: 1, limit: 1 })],
	['an import', ({ imports }) => imports.errors(1, { limit: 1, offset: 0 })],
	['reading', ({ vehicles }) => vehicles.findByKeys(['A'])],
];

describeStores('the mark of what feeds keep', (use) => {
	const mark = async () => {
		const rows = await use().store.database.read((query) =>
			query(`SELECT value FROM revision WHERE name = 'vehicles'`),
		);
		return rows[0]?.value;
	};
	const isSqlite = () => use().options.kind === 'sqlite';

	beforeEach(async () => {
		await use().store.write(async ({ vehicles, customers, rules, firings, statuses }) => {
			await customers.create(customerFields(), AT);
			await vehicles.create(vehicleFields({ plate: 'A' }), AT);
			await rules.create(ruleFields(), AT);
			await firings.open([firing()]);
			await statuses.saveCurrent([report(1)]);
		});
	});

	it.each(CHANGES)('is another one when %s, on SQLite', async (_what, work) => {
		const before = await mark();
		await (await use().openAnother()).write(work);
		expect((await mark()) !== before).toBe(isSqlite());
	});

	it.each(OTHERS)('stays for %s', async (_what, work) => {
		const before = await mark();
		await use().store.write(work);
		expect(await mark()).toBe(before);
	});

	it('is told to who renews it, and stays when the transaction is undone', async () => {
		const before = await mark();
		const renewed = await use().store.writeFeed(({ feedLocks }) => feedLocks.renewMark());
		expect(renewed).toEqual(isSqlite() ? { before, after: await mark() } : null);
		const now = await mark();
		const undone = use().store.write(async ({ feedLocks, vehicles }) => {
			await feedLocks.renewMark();
			await vehicles.remove(1);
			throw new Error('no');
		});
		await expect(undone).rejects.toThrow('no');
		expect(await mark()).toBe(now);
	});
});
