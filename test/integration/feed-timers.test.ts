import { acknowledgeFiring } from '../../src/app/records/firings';
import { createRule, enableRule, disableRule } from '../../src/app/records/rules';
import { createTask } from '../../src/app/records/tasks';
import { feedFixture, MINUTE, report, standardFleet, START, type FeedFixture } from '../lib/feed-fixture';
import { addVehicles } from '../lib/add-vehicles';

const SECOND = 1 / 60;

const silent = {
	name: 'Silent',
	pattern: { absent: { forSeconds: 600 } },
	actions: [{ type: 'storeLog', message: '{{vehicle.plate}} is silent, {{attributes.fuelLevel}} %' }],
};
const idle = {
	name: 'Idle',
	pattern: { holds: { attribute: 'speed', operator: 'eq', value: 0 }, forSeconds: 600 },
	actions: [],
};

describe('what is due by the clock', () => {
	let fixture: FeedFixture;
	beforeEach(async () => {
		fixture = await feedFixture();
	});
	afterEach(() => fixture.close());

	const logs = () => fixture.store.read((session) => session.logs.find());
	const times = (reports: readonly { firing: { openedAt: number } }[]) =>
		reports.map(({ firing }) => (firing.openedAt - START) / MINUTE);

	const sendEmails = () =>
		fixture.store.write(async ({ actions }) => {
			const lease = { token: 'mine', now: fixture.now, leaseMs: 1000, limit: 9 };
			for (const { id } of await actions.claim(lease)) {
				await actions.markDone(id, 'mine', 'sent', fixture.now);
			}
		});

	it('fires without a message, after a restart too, at the time at which it was due', async () => {
		const { vehicle } = await standardFleet(fixture, silent);
		await fixture.feed(report('M-AB 123', 0, { fuelLevel: 40 }));
		fixture.restart();
		// Reports may be under way for five seconds.
		expect((await fixture.ringAt(10 + 4 * SECOND)).fired).toEqual([]);
		const { fired, ...others } = await fixture.ringAt(10 + 5 * SECOND);
		expect(fired).toMatchObject([
			{
				vehicle: { id: vehicle.id },
				customer: { name: 'Ada' },
				firing: { openedAt: START + 10 * MINUTE, ruleName: 'Silent' },
			},
		]);
		expect(others).toEqual({ accepted: 0, duplicates: 0, stale: 0, cleared: [], rejected: [] });
		expect(await logs()).toMatchObject([{ message: 'M-AB 123 is silent, 40 %', at: fixture.now }]);
		expect((await fixture.events()).at(-1)).toMatchObject({
			type: 'ruleFired',
			record: { openedAt: START + 10 * MINUTE },
		});
		expect((await fixture.ringAt(60)).fired).toEqual([]);
		const back = await fixture.feed(report('M-AB 123', 60, { fuelLevel: 39 }));
		expect(back.cleared).toMatchObject([{ firing: { clearedAt: START + 60 * MINUTE } }]);
		expect(times((await fixture.ringAt(71)).fired)).toEqual([70]);
	});

	it('begins anew after a rule was disabled, though its firing had ended by the clock alone', async () => {
		const fire = { clearAfterSeconds: 60 };
		await standardFleet(fixture, { ...idle, pattern: idle.pattern.holds, fire });
		expect((await fixture.feed(report('M-AB 123', 0, { speed: 0 }))).fired).toHaveLength(1);
		expect((await fixture.ringAt(5)).cleared).toHaveLength(1);
		expect((await fixture.feed(report('M-AB 123', 4, { speed: 0 }))).fired).toEqual([]);
		await disableRule(fixture.fleet, { key: 'Idle' });
		await enableRule(fixture.fleet, { key: 'Idle' });
		expect((await fixture.feed(report('M-AB 123', 5, { speed: 0 }))).fired).toHaveLength(1);
	});

	it('fires for a vehicle that is silent already when the rule is made, enabled or attached to its task', async () => {
		const { vehicle } = await standardFleet(fixture);
		await fixture.feed(report('M-AB 123', -9, { fuelLevel: 40 }));
		await createRule(fixture.fleet, silent);
		expect(times((await fixture.ringAt(2)).fired)).toEqual([1]);
		await disableRule(fixture.fleet, { key: 'Silent' });
		expect((await fixture.ringAt(20)).fired).toEqual([]);
		await enableRule(fixture.fleet, { key: 'Silent' });
		expect((await fixture.ringAt(21)).fired).toMatchObject([{ vehicle: { id: vehicle.id } }]);

		const scope = { vehicles: 'tasks' };
		const { record } = await createRule(fixture.fleet, { ...silent, name: 'On tour', scope });
		expect((await fixture.ringAt(30)).fired).toEqual([]);
		const task = await createTask(fixture.fleet, {
			title: 'Tour',
			vehicleId: vehicle.id,
			ruleIds: [record.id],
		});
		expect((await fixture.ringAt(31)).fired).toMatchObject([{ firing: { taskId: task.id } }]);
	});

	it('goes on with a duration after a restart, with the next message or without any', async () => {
		await standardFleet(fixture, idle);
		const still = (plate: string, minutes: number) => report(plate, minutes, { speed: 0 });
		await fixture.feed(still('M-AB 123', -5), still('M-AB 124', -4));
		fixture.restart();
		await fixture.feed(still('M-AB 123', 0));
		fixture.restart();
		// Before a later report of the vehicle what was due rings, whatever the clock says.
		fixture.now = START + 6 * MINUTE;
		expect(times((await fixture.feed(report('M-AB 123', 6, { speed: 30 }))).fired)).toEqual([5]);
		expect(times((await fixture.ringAt(6 + 5 * SECOND)).fired)).toEqual([6]);
		fixture.restart();
		expect((await fixture.ringAt(100)).fired).toEqual([]);
	});

	it('does not look at the clock when messages come, however old they are', async () => {
		await standardFleet(fixture, silent);
		fixture.now = START + 600 * MINUTE;
		for (const minutes of [0, 9, 18, 40]) {
			const { fired, cleared } = await fixture.feed(report('M-AB 123', minutes, { fuelLevel: 1 }));
			expect([times(fired), cleared.length]).toEqual(minutes === 40 ? [[28], 1] : [[], 0]);
		}
	});

	it('reminds of an open firing until somebody acknowledges it', async () => {
		const { rule } = await standardFleet(fixture, {
			name: 'Door open',
			pattern: { attribute: 'doorOpen', operator: 'eq', value: true },
			fire: { remindEverySeconds: 1800 },
			actions: [
				{ type: 'sendEmail', to: 'ops@example.com', subject: 'Open', text: 'since {{firing.openedAt}}' },
				{ type: 'storeLog', message: 'Open' },
				{ type: 'createTask', title: 'Close it' },
				{ type: 'storeLog', message: 'Closed', on: 'cleared' },
			],
		});
		const { fired } = await fixture.feed(report('M-AB 123', 0, { doorOpen: true }));
		const toldBefore = (await fixture.events()).length;
		const ringAt = async (minutes: number) => {
			await sendEmails();
			return await fixture.ringAt(minutes);
		};
		expect((await ringAt(31)).fired).toEqual([]);
		await ringAt(60);
		fixture.restart();
		await ringAt(61);
		const all = () =>
			fixture.store.read(async (session) => ({
				mails: (await session.actions.find())
					.filter(({ content }) => content.type === 'sendEmail')
					.map(({ occurredAt }) => (occurredAt - START) / MINUTE),
				logs: await session.logs.count(),
				tasks: await session.tasks.count(),
			}));
		expect(await all()).toEqual({ mails: [0, 30, 60], logs: 3, tasks: 1 });
		expect(await fixture.events()).toHaveLength(toldBefore);

		await acknowledgeFiring(fixture.fleet, { id: fired[0]?.firing.id ?? 0 });
		await ringAt(300);
		expect(await all()).toEqual({ mails: [0, 30, 60], logs: 3, tasks: 1 });
		fixture.now += MINUTE;
		await fixture.feed(report('M-AB 123', 301, { doorOpen: false }));
		await fixture.feed(report('M-AB 123', 301.5, { doorOpen: true }));
		await ringAt(332);
		expect(await all()).toEqual({ mails: [0, 30, 60, 301.5, 331.5], logs: 6, tasks: 2 });
		expect(rule.id).toBe(fired[0]?.firing.ruleId);
	});

	it('costs two look-ups when nothing is due', async () => {
		await standardFleet(fixture, silent);
		await fixture.feed(report('M-AB 123', 0, { fuelLevel: 40 }));
		const read = jest.spyOn(fixture.store, 'readFeed');
		const write = jest.spyOn(fixture.store, 'writeFeed');
		await fixture.ringAt(5);
		expect([read.mock.calls.length, write.mock.calls.length]).toEqual([1, 0]);
		jest.restoreAllMocks();
	});

	it('rings for a whole fleet at once, in bounded transactions', async () => {
		await standardFleet(fixture, { ...silent, actions: [] });
		await fixture.store.write(async (session) => {
			const entries = Array.from({ length: 1200 }, (_, index) => ({ externalId: `truck-${index}` }));
			await addVehicles(session, entries, START);
		});
		await fixture.feed(
			...Array.from({ length: 1200 }, (_, index) => report(`truck-${index}`, 0, { speed: 3 })),
		);
		const write = jest.spyOn(fixture.store, 'writeFeed');
		const { fired } = await fixture.ringAt(11);
		expect(new Set(fired.map(({ vehicle }) => vehicle.id)).size).toBe(1200);
		expect(fired).toHaveLength(1200);
		expect(write.mock.calls.length).toBe(3);
		jest.restoreAllMocks();
	});
});
