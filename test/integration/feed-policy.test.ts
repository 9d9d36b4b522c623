import { completeTask } from '../../src/app/records/move-task';
import { feedFixture, MINUTE, report, standardFleet, START, type FeedFixture } from '../lib/feed-fixture';

const hot = { attribute: 'coolantTemperature', operator: 'gt', value: 100 };
const veryHot = { attribute: 'coolantTemperature', operator: 'gt', value: 120 };
const log = (message: string, on?: string) => ({ type: 'storeLog', message, ...(on ? { on } : {}) });
const HOUR = 60;

describe('what follows from a firing', () => {
	let fixture: FeedFixture;
	beforeEach(async () => {
		fixture = await feedFixture();
	});
	afterEach(() => fixture.close());

	const heat = (minutes: number, degrees: number) =>
		fixture.feed(report('M-AB 123', minutes, { coolantTemperature: degrees }));
	const events = async () =>
		(await fixture.events()).map(({ type }) => type).filter((type) => /^(rule|task)/.test(type));

	it('rises and falls in severity; what follows the rise is done each time, under the severity of the moment', async () => {
		await standardFleet(fixture, {
			name: 'Overheating',
			severity: 'info',
			pattern: hot,
			escalations: [
				{ severity: 'critical', when: veryHot },
				{ severity: 'warning', afterSeconds: 1200 },
			],
			actions: [
				log('{{rule.severity}} {{attributes.coolantTemperature}}'),
				log('worse: {{rule.severity}} {{attributes.coolantTemperature}}', 'escalated'),
				log('over: {{rule.severity}}', 'cleared'),
			],
		});
		const severity = async () =>
			(await fixture.store.read((session) => session.firings.find())).map((firing) => firing.severity);
		const { fired } = await heat(-60, 105);
		expect(fired).toMatchObject([{ firing: { severity: 'info' } }]);
		await heat(-59, 130);
		expect(await severity()).toEqual(['critical']);
		await heat(-58, 110);
		expect(await severity()).toEqual(['info']);
		fixture.restart();
		await fixture.ringAt(-39);
		expect(await severity()).toEqual(['warning']);
		await heat(-38, 125);
		const { cleared } = await heat(-37, 90);
		expect(cleared).toMatchObject([{ firing: { severity: 'critical', clearedAt: START - 37 * MINUTE } }]);

		const written = await fixture.store.read((session) => session.logs.find());
		expect(written.map(({ level, message }) => `${level} ${message}`)).toEqual([
			'info info 105',
			'error worse: critical 130',
			'warning worse: warning 110',
			'error worse: critical 125',
			'error over: critical',
		]);
		const escalated = (await fixture.events()).filter(({ type }) => type === 'ruleEscalated');
		expect(escalated.map(({ record }) => record.severity)).toEqual(['critical', 'warning', 'critical']);
		expect(escalated.map(({ recordId }) => recordId)).toEqual(Array(3).fill(fired[0]?.firing.id));
	});

	it('is the same when all of it happens in one batch', async () => {
		await standardFleet(fixture, {
			name: 'Overheating',
			pattern: hot,
			escalations: [{ severity: 'critical', when: veryHot }],
			actions: [log('hot'), log('worse', 'escalated'), log('over', 'cleared')],
		});
		const degrees = [105, 130, 90, 106];
		const result = await fixture.feed(
			...degrees.map((value, index) => report('M-AB 123', index - 9, { coolantTemperature: value })),
		);
		expect(result.fired.map(({ firing }) => firing.severity)).toEqual(['warning', 'warning']);
		expect(result.cleared).toMatchObject([{ firing: { severity: 'critical' } }]);
		const written = await fixture.store.read((session) => session.logs.find());
		expect(written.map(({ message }) => message)).toEqual(['hot', 'worse', 'over', 'hot']);
		expect(await events()).toEqual(['ruleFired', 'ruleEscalated', 'ruleCleared', 'ruleFired']);
	});

	it('lets emails wait for the end of the quiet hours, in the time zone of the vehicle', async () => {
		const quietHours = { from: '20:00', to: '06:00', timeZone: 'vehicle' };
		const { vehicle } = await standardFleet(fixture, {
			name: 'Overheating',
			pattern: hot,
			fire: { quietHours },
			actions: [
				{ type: 'sendEmail', to: 'ops@example.com', subject: 'Hot', text: 'Hot' },
				log('logged at once'),
				{ type: 'sendEmail', to: 'ops@example.com', subject: 'Over', text: 'Over', on: 'cleared' },
			],
		});
		await fixture.store.write((session) =>
			session.vehicles.update(vehicle.id, { attributes: { timeZone: 'America/New_York' } }, START),
		);
		const dueAt = async () =>
			(await fixture.store.read((session) => session.actions.find({ where: { state: 'pending' } }))).map(
				({ dueAt }) => new Date(dueAt).toISOString(),
			);
		// 20:30 in New York.
		fixture.now = Date.parse('2026-03-02T01:30:00Z');
		const minutes = (fixture.now - START) / MINUTE;
		const { fired } = await heat(minutes, 105);
		expect(fired).toMatchObject([{ actions: 1 }]);
		expect(await dueAt()).toEqual(['2026-03-02T11:00:00.000Z']);
		fixture.now += 12 * HOUR * MINUTE;
		await heat(minutes + 12 * HOUR, 90);
		expect(await dueAt()).toEqual(['2026-03-02T11:00:00.000Z', new Date(fixture.now).toISOString()]);
		expect(await fixture.store.read((session) => session.logs.count())).toBe(1);
	});

	it('reminds by one email at a time: while one waits, in quiet hours or after an outage, another adds nothing', async () => {
		await standardFleet(fixture, {
			name: 'Overheating',
			pattern: hot,
			fire: { remindEverySeconds: 600 },
			actions: [{ type: 'sendEmail', to: 'ops@example.com', subject: 'Hot', text: 'Hot' }],
		});
		const emails = async () => await fixture.store.read((session) => session.actions.find());
		await heat(0, 105);
		const [first] = await emails();
		await fixture.ringAt(2 * 24 * HOUR + 1);
		expect(await emails()).toEqual([first]);
		await fixture.store.write((session) =>
			session.actions.claim({ token: 'mine', now: fixture.now, leaseMs: 1000, limit: 1 }),
		);
		await fixture.store.write((session) =>
			session.actions.markDone(first?.id ?? 0, 'mine', 'sent', fixture.now),
		);
		await fixture.ringAt(3 * 24 * HOUR + 1);
		const [, second, ...others] = await emails();
		expect(second?.occurredAt).toBe(START + (2 * 24 * HOUR + 10) * MINUTE);
		expect(others).toEqual([]);
	});

	it('ends with actions of its own, and completes the tasks that it created and that are still open', async () => {
		await standardFleet(fixture, {
			name: 'Overheating',
			pattern: hot,
			actions: [
				{ type: 'createTask', title: 'Watch {{vehicle.plate}}', completeOnClear: true },
				{ type: 'createTask', title: 'Service' },
				{ type: 'createTask', title: 'Look at it', on: 'cleared' },
			],
		});
		const states = async () =>
			(await fixture.store.read((session) => session.tasks.find())).map(({ title, state }) => [title, state]);
		await heat(-9, 105);
		fixture.restart();
		const { cleared } = await heat(-8, 90);
		expect(cleared).toHaveLength(1);
		expect(await states()).toEqual([
			['Watch M-AB 123', 'complete'],
			['Service', 'created'],
			['Look at it', 'created'],
		]);
		expect(await events()).toEqual([
			'ruleFired',
			'taskCreated',
			'taskCreated',
			'ruleCleared',
			'taskCreated',
			'taskCompleted',
		]);

		await heat(-7, 105);
		const [task] = await fixture.store.read((session) =>
			session.tasks.find({ where: { title: 'Watch M-AB 123', state: 'created' } }),
		);
		await completeTask(fixture.fleet, { id: task?.id ?? 0 });
		expect(await heat(-6, 90)).toMatchObject({ accepted: 1, cleared: [{ actions: 0 }] });
		const batch = await fixture.feed(
			report('M-AB 123', -5, { coolantTemperature: 105 }),
			report('M-AB 123', -4, { coolantTemperature: 90 }),
		);
		expect([batch.fired.length, batch.cleared.length]).toEqual([1, 1]);
		expect((await states()).filter(([title]) => title === 'Watch M-AB 123')).toEqual(
			Array(3).fill(['Watch M-AB 123', 'complete']),
		);
	});

	it('is nothing but the firing itself for a rule on trial', async () => {
		const { rule } = await standardFleet(fixture, {
			name: 'Overheating',
			pattern: hot,
			actions: [log('hot')],
		});
		await fixture.store.write((session) =>
			session.rules.createShadow(
				rule.id,
				{
					name: 'Overheating',
					severity: 'info',
					enabled: true,
					scope: { vehicles: 'all' },
					pattern: { attribute: 'coolantTemperature', operator: 'gt', value: 90 },
					escalations: [{ severity: 'critical', afterSeconds: 60 }],
					fire: { on: 'edge', cooldownSeconds: 0, remindEverySeconds: 30 },
					actions: [
						{ type: 'storeLog', message: 'trial' },
						{ type: 'storeLog', message: 'trial', on: 'cleared' },
						{ type: 'storeLog', message: 'trial', on: 'escalated' },
					],
				},
				START,
			),
		);
		expect(await heat(-9, 95)).toMatchObject({ accepted: 1, fired: [] });
		expect(await fixture.ringAt(-5)).toMatchObject({ fired: [], cleared: [] });
		expect(await heat(-4, 80)).toMatchObject({ fired: [], cleared: [] });
		expect((await heat(-3, 105)).fired).toMatchObject([{ firing: { ruleId: rule.id } }]);
		const stored = await fixture.store.read(async (session) => ({
			firings: await session.firings.find({ orderBy: 'openedAt' }),
			logs: await session.logs.find(),
			actions: await session.actions.count(),
		}));
		expect(stored.logs.map(({ message }) => message)).toEqual(['hot']);
		expect(stored.actions).toBe(1);
		expect(stored.firings.filter(({ isShadow }) => isShadow)).toMatchObject([
			{ severity: 'critical', openedAt: START - 9 * MINUTE, clearedAt: START - 4 * MINUTE },
			{ openedAt: START - 3 * MINUTE, clearedAt: null },
		]);
		expect(await events()).toEqual(['ruleFired']);
	});
});
