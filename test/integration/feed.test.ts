import {
	feedFixture,
	lowFuel,
	MINUTE,
	report,
	standardFleet,
	START,
	type FeedFixture,
} from '../lib/feed-fixture';

const current = ({ store }: FeedFixture, vehicleId: number) =>
	store.read(async ({ statuses }) => (await statuses.current([vehicleId])).get(vehicleId));

describe('a batch of a feed', () => {
	let fixture: FeedFixture;
	beforeEach(async () => {
		fixture = await feedFixture();
	});
	afterEach(() => fixture.close());

	it('brings about one task, one log entry and one pending email, though every message comes twice', async () => {
		const { customer, vehicle, rule } = await standardFleet(fixture);
		const message = report('m-ab  123', 0, { fuelLevel: 12, ignition: true });
		const first = await fixture.feed(message, message);
		expect(first).toMatchObject({ accepted: 1, duplicates: 1, stale: 0, rejected: [], cleared: [] });
		expect(first.fired).toMatchObject([
			{
				vehicle: { id: vehicle.id },
				customer: { id: customer.id },
				actions: 1,
				firing: { ruleId: rule.id, openedAt: START },
			},
		]);
		fixture.restart();
		expect(await fixture.feed(message)).toEqual({
			accepted: 0,
			duplicates: 1,
			stale: 0,
			fired: [],
			cleared: [],
			rejected: [],
		});

		const stored = await fixture.store.read(async (session) => ({
			tasks: await session.tasks.find(),
			logs: await session.logs.find(),
			actions: await session.actions.find(),
			firings: await session.firings.find(),
			history: await session.statuses.history(vehicle.id, {}),
		}));
		const firingId = stored.firings[0]?.id;
		expect(stored.firings).toMatchObject([
			{ ruleName: 'Low fuel', severity: 'warning', evidence: { fuelLevel: 12 }, clearedAt: null },
		]);
		expect(stored.tasks).toMatchObject([
			{
				title: 'Refuel M-AB 123',
				description: 'Reported 2026-03-01T12:00:00.000Z',
				state: 'created',
				vehicleId: vehicle.id,
				customerId: customer.id,
				firingId,
			},
		]);
		expect(stored.logs).toMatchObject([
			{ level: 'warning', message: 'M-AB 123 is at 12 %', vehicleId: vehicle.id, firingId },
		]);
		expect(stored.history).toHaveLength(1);
		expect(stored.actions).toMatchObject([
			{
				state: 'pending',
				content: {
					to: 'ada@example.com',
					subject: 'Low fuel in M-AB 123',
					text: 'Hello Ada, M-AB 123 has 12 % left. Driver: .',
				},
			},
			{ state: 'done', result: String(stored.logs[0]?.id) },
			{ state: 'done', result: String(stored.tasks[0]?.id) },
		]);
		const told = (await fixture.events()).filter(({ type }) => /^(rule|task)/.test(type));
		expect(told).toMatchObject([
			{ type: 'ruleFired', recordId: firingId, record: { ruleName: 'Low fuel' } },
			{ type: 'taskCreated', recordId: stored.tasks[0]?.id, record: { title: 'Refuel M-AB 123' } },
		]);
	});

	it('evaluates every report of a batch in the order of its arrival, not only the last', async () => {
		await standardFleet(fixture);
		const result = await fixture.feed(
			report('M-AB 123', -3, { fuelLevel: 12 }),
			report('M-AB 123', -2, { fuelLevel: 60 }),
			report('M-AB 123', -4, { fuelLevel: 1 }),
			report('M-AB 123', -1, { fuelLevel: 11 }),
		);
		expect(result.stale).toBe(1);
		expect(result.fired.map(({ firing }) => firing.openedAt)).toEqual([START - 3 * MINUTE, START - MINUTE]);
		expect(result.cleared.map(({ firing }) => firing.clearedAt)).toEqual([START - 2 * MINUTE]);
		const firings = await fixture.store.read(({ firings: all }) => all.find());
		expect(firings.map(({ clearedAt }) => clearedAt)).toEqual([START - 2 * MINUTE, null]);
	});

	it('never lets an older report overwrite a newer one, nor wake a rule', async () => {
		const { vehicle } = await standardFleet(fixture);
		await fixture.feed(report('M-AB 123', -1, { fuelLevel: 50, odometer: 7 }));
		const late = await fixture.feed(report('M-AB 123', -2, { fuelLevel: 3 }));
		expect(late).toMatchObject({ accepted: 1, stale: 1, fired: [] });
		await fixture.feed(report('M-AB 123', 0, { odometer: 8 }, { position: { latitude: 48, longitude: 11 } }));
		expect(await current(fixture, vehicle.id)).toMatchObject({
			reportedAt: START,
			position: { latitude: 48, longitude: 11 },
			attributes: { fuelLevel: 50, odometer: 8 },
		});
		expect(await fixture.store.read(({ statuses }) => statuses.history(vehicle.id, {}))).toHaveLength(3);
	});

	it('clears a firing of an earlier batch, also after a restart, and fires again only after that', async () => {
		await standardFleet(fixture);
		const opened = await fixture.feed(report('M-AB 123', -9, { fuelLevel: 10 }));
		fixture.restart();
		expect((await fixture.feed(report('M-AB 123', -8, { fuelLevel: 9 }))).fired).toEqual([]);
		const cleared = await fixture.feed(report('M-AB 123', -7, { fuelLevel: 90 }));
		expect(cleared.cleared).toMatchObject([
			{
				firing: { id: opened.fired[0]?.firing.id, clearedAt: START - 7 * MINUTE },
				customer: { name: 'Ada' },
			},
		]);
		fixture.restart();
		expect((await fixture.feed(report('M-AB 123', -6, { fuelLevel: 9 }))).fired).toHaveLength(1);
		expect((await fixture.events()).map(({ type }) => type)).toEqual(
			expect.arrayContaining(['ruleFired', 'ruleCleared']),
		);
	});

	it('stays quiet in the cooldown, across restarts', async () => {
		await standardFleet(fixture, { ...lowFuel, fire: { on: 'edge', cooldownSeconds: 600 } });
		const firedAt = async (minutes: number, fuelLevel: number) => {
			fixture.restart();
			return (await fixture.feed(report('M-AB 123', minutes, { fuelLevel }))).fired.length;
		};
		expect(await firedAt(-30, 10)).toBe(1);
		expect(await firedAt(-29, 50)).toBe(0);
		expect(await firedAt(-25, 10)).toBe(0);
		expect(await firedAt(-15, 9)).toBe(0);
		expect(await firedAt(-14, 50)).toBe(0);
		expect(await firedAt(-13, 10)).toBe(1);
	});

	it('leaves nothing behind when the store fails, so that the batch can come again', async () => {
		const { vehicle } = await standardFleet(fixture);
		const before = (await fixture.events()).length;
		await fixture.store.database.write((query) => query('ALTER TABLE action RENAME TO action_away'));
		await expect(fixture.feed(report('M-AB 123', 0, { fuelLevel: 1 }))).rejects.toThrow();
		await fixture.store.database.write((query) => query('ALTER TABLE action_away RENAME TO action'));
		expect(await current(fixture, vehicle.id)).toBeUndefined();
		expect(await fixture.store.read(({ firings }) => firings.count())).toBe(0);
		expect(await fixture.events()).toHaveLength(before);
		expect(await fixture.feed(report('M-AB 123', 0, { fuelLevel: 1 }))).toMatchObject({
			accepted: 1,
			fired: [{ actions: 1 }],
		});
	});

	it('asks the store as often for a thousand messages as for one', async () => {
		await standardFleet(fixture);
		const statements = async (count: number, from: number) => {
			let calls = 0;
			const counted = fixture.store.writeFeed.bind(fixture.store);
			jest
				.spyOn(fixture.store, 'writeFeed')
				.mockImplementationOnce((work) => counted((session) => work(countCalls(session, () => calls++))));
			const messages = Array.from({ length: count }, (_, index) =>
				report('M-AB 123', from + index / 10_000, { fuelLevel: 50, index }),
			);
			expect((await fixture.feed(...messages)).accepted).toBe(count);
			return calls;
		};
		await fixture.feed(report('M-AB 123', -30, { fuelLevel: 50, index: 0 }));
		const many = await statements(1000, -29.9);
		expect(many).toBe(await statements(1, -29.7));
		// The mark, inbox, the rules' revision; history and current status. Once a minute the known attributes, too.
		expect(many).toBe(5);
		fixture.restart();
		await fixture.feed(report('M-AB 124', -29.6, { fuelLevel: 50, index: 0 }));
		// What is not known yet: vehicles, their locks, current status, states, backlogs.
		expect(await statements(1000, -29.5)).toBe(many + 5);
	});
});

/** The same session, with every call of a repository counted. */
function countCalls<T extends object>(session: T, onCall: () => void): T {
	const counting = <O extends object>(target: O): O =>
		new Proxy(target, {
			get(object, name) {
				const value: unknown = Reflect.get(object, name);
				if (typeof value !== 'function') return value;
				return (...args: unknown[]): unknown => {
					onCall();
					return Reflect.apply(value, object, args);
				};
			},
		});
	return new Proxy(session, {
		get(target, name) {
			const repository: unknown = Reflect.get(target, name);
			return typeof repository === 'object' && repository !== null ? counting(repository) : repository;
		},
	});
}
