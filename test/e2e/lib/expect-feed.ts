import type { Item } from '../../../scripts/demo/fleet-desk.mjs';
import type { DemoReport, FeedReport } from './run-demo';

interface Surroundings {
	readonly rules: DemoReport['rules'];
	readonly customers: DemoReport['store']['customers'];
	/** What the store's file says. */
	readonly rows: (sql: string) => Item[];
}

/** What a feed must have brought about, whatever carried it, although every message was published twice. */
export function expectFeed(report: () => FeedReport, surroundings: () => Surroundings): void {
	const idsOf = (records: readonly Item[]) => records.map(({ id }) => Number(id)).join(', ');

	it('adds tasks with and without a rule, and cancels one', () => {
		const { tasks, cast } = report();
		const ruleIds = [surroundings().rules.doorOpen.id];
		expect(tasks.plain).toMatchObject({
			...{ title: `Wash ${cast.plain.plate}`, state: 'created', vehicleId: cast.plain.id, ruleIds: [] },
		});
		expect(tasks.watched).toMatchObject({
			...{
				title: `Deliver with ${cast.watched.plate}`,
				state: 'created',
				vehicleId: cast.watched.id,
				ruleIds,
			},
		});
		expect(tasks.canceled).toMatchObject({
			...{ title: `Deliver with ${cast.canceled.plate}`, state: 'canceled', vehicleId: cast.canceled.id },
			...{ ruleIds, closedAt: expect.any(String) },
		});
		const all = [tasks.plain, tasks.watched, tasks.canceled];
		const inStore = surroundings().rows(`SELECT state FROM task WHERE id IN (${idsOf(all)}) ORDER BY id`);
		expect(inStore).toEqual([{ state: 'created' }, { state: 'created' }, { state: 'canceled' }]);
	});

	it('takes every message once', () => {
		const { messages } = report();
		const ids = messages.map(({ messageId }) => messageId);
		const inStore = surroundings().rows(
			`SELECT messageId FROM status_history WHERE messageId IN ('${ids.join("', '")}') ORDER BY reportedAt`,
		);
		expect(inStore.map(({ messageId }) => messageId)).toEqual(ids);
		const taken = surroundings().rows(
			`SELECT count(*) AS n FROM inbox WHERE messageId IN ('${ids.join("', '")}')`,
		);
		expect(taken).toEqual([{ n: ids.length }]);
	});

	it('fires each rule once, with the evidence, and keeps the canceled task and other customers quiet', () => {
		const { cast, firings, tasks, messages } = report();
		const { lowFuel, doorOpen } = surroundings().rules;
		const open = { clearedAt: null, severity: 'warning' };
		expect(firings).toHaveLength(2);
		expect(firings[0]).toMatchObject({
			...{ ...open, ruleId: lowFuel.id, vehicleId: cast.lowOnFuel.id, taskId: null },
			...{ evidence: { fuelLevel: 9 }, messageId: messages[4]?.messageId, openedAt: messages[4]?.reportedAt },
		});
		expect(firings[1]).toMatchObject({
			...{ ...open, ruleId: doorOpen.id, vehicleId: cast.watched.id, taskId: tasks.watched.id },
			...{
				evidence: { doorOpen: true },
				messageId: messages[6]?.messageId,
				openedAt: messages[6]?.reportedAt,
			},
		});
	});

	it('knows what the quiet ones reported all the same', () => {
		const { cast, statuses, messages } = report();
		const statusOf = (vehicle: { id: number }) => statuses.find(({ vehicleId }) => vehicleId === vehicle.id);
		const position = { latitude: 48.1547, longitude: 11.4636, heading: 290 };
		expect(statusOf(cast.canceled)).toMatchObject({
			...{ reportedAt: messages[7]?.reportedAt, position, attributes: { doorOpen: true, fuelLevel: 8 } },
		});
		expect(statusOf(cast.lowOnFuel)).toMatchObject({
			...{ reportedAt: messages[5]?.reportedAt, position, attributes: { fuelLevel: 8, speed: 48 } },
		});
	});

	it('sends exactly one email, with the text that the template says', () => {
		const { cast, firings, mails } = report();
		const { plate, customerId } = cast.lowOnFuel;
		const customer = surroundings().customers.find(({ id }) => id === customerId);
		expect(mails).toEqual([
			{
				from: 'fleet@fleet.example',
				recipients: ['dispatch@fleet.example'],
				to: 'dispatch@fleet.example',
				subject: `${plate} is low on fuel`,
				text: `Fuel of ${plate} (${String(customer?.name)}) is at 9 %.`,
				messageId: expect.stringMatching(
					new RegExp(`^<firing-${firings[0]?.id}-action-0-\\d+@n8n-nodes-fleet>$`),
				),
				raw: expect.stringContaining('Content-Type: text/plain; charset=utf-8'),
			},
		]);
	});

	it('stores exactly one log entry of each firing', () => {
		const { cast, firings, logs } = report();
		const expected = [
			{
				message: `Low fuel: ${cast.lowOnFuel.plate} at 9 %`,
				vehicleId: cast.lowOnFuel.id,
				firingId: firings[0]?.id,
			},
			{
				message: `Door open: ${cast.watched.plate}`,
				vehicleId: cast.watched.id,
				firingId: firings[1]?.id,
			},
		];
		expect(logs.map(({ message, vehicleId, firingId }) => ({ message, vehicleId, firingId }))).toEqual(
			expected,
		);
		const inStore = surroundings().rows(
			`SELECT message, vehicleId, firingId FROM log WHERE id IN (${idsOf(logs)}) ORDER BY id`,
		);
		expect(inStore).toEqual(expected);
	});

	it('creates exactly one task', () => {
		const { cast, firings, createdTasks } = report();
		const { plate, id: vehicleId, customerId } = cast.lowOnFuel;
		const expected = { title: `Refuel ${plate}`, state: 'created', firingId: firings[0]?.id, vehicleId };
		expect(createdTasks).toHaveLength(1);
		expect(createdTasks[0]).toMatchObject({ ...expected, customerId, ruleIds: [] });
		expect(
			surroundings().rows(
				`SELECT title, state, firingId, vehicleId FROM task WHERE firingId = ${firings[0]?.id}`,
			),
		).toEqual([expected]);
	});

	it('has done every action at the first attempt', () => {
		const { firings, actions, createdTasks, logs } = report();
		const [low, door] = firings.map(({ id }) => id);
		expect(actions).toHaveLength(4);
		expect(actions).toEqual([
			expect.objectContaining({ firingId: low, position: 0, state: 'done', attempts: 1, lastError: null }),
			expect.objectContaining({ firingId: low, position: 1, state: 'done', lastError: null }),
			expect.objectContaining({ firingId: low, position: 2, state: 'done', lastError: null }),
			expect.objectContaining({ firingId: door, position: 0, state: 'done', lastError: null }),
		]);
		expect(actions[1]?.result).toBe(String(logs[0]?.id));
		expect(actions[2]?.result).toBe(String(createdTasks[0]?.id));
	});
}
