import { feedProcessor } from '../../src/app/feed/process-batch';
import {
	feedFixture,
	lowFuel,
	MINUTE,
	report,
	standardFleet,
	START,
	type FeedFixture,
} from '../lib/feed-fixture';

const fuel = (minutes: number, fuelLevel: number, more = {}) =>
	report('M-AB 123', minutes, { fuelLevel, ...more });

describe('messages that come out of order', () => {
	let fixture: FeedFixture;
	afterEach(() => fixture.close());

	const stored = async (vehicleId: number) =>
		await fixture.store.read(async ({ statuses, backlogs }) => ({
			current: (await statuses.current([vehicleId])).get(vehicleId),
			late: (await statuses.history(vehicleId, {})).map(({ isLate }) => isLate),
			waiting: (await backlogs.of([vehicleId])).get(vehicleId)?.waiting.length ?? 0,
		}));
	const openedAt = (reports: readonly { firing: { openedAt: number } }[]) =>
		reports.map(({ firing }) => (firing.openedAt - START) / MINUTE);

	describe('by no more than the allowed delay', () => {
		beforeEach(async () => {
			fixture = await feedFixture({ allowedDelayMs: 10 * MINUTE });
		});

		it('wait for each other and go past the rules in their order, across restarts', async () => {
			const { vehicle } = await standardFleet(fixture);
			const first = await fixture.feed(fuel(-5, 60));
			expect(first).toMatchObject({ accepted: 1, stale: 0, fired: [] });
			fixture.restart();
			await fixture.feed(fuel(-7, 10, { driver: 'Zoë' }));
			// The newest is the current status at once, although it has not been evaluated yet.
			expect(await stored(vehicle.id)).toMatchObject({
				current: { reportedAt: START - 5 * MINUTE, attributes: { fuelLevel: 60 } },
				waiting: 2,
			});
			fixture.restart();
			fixture.now = START + 3 * MINUTE;
			const { fired, cleared, stale } = await fixture.feed(fuel(3, 61), fuel(-8, 59));
			expect([openedAt(fired), openedAt(cleared), stale]).toEqual([[-7], [], 1]);
			fixture.now = START + 5 * MINUTE;
			const later = await fixture.feed(fuel(5, 5));
			expect(later.cleared).toMatchObject([{ firing: { clearedAt: START - 5 * MINUTE } }]);
			expect(later.fired).toEqual([]);
			expect(await stored(vehicle.id)).toMatchObject({
				late: [false, false, false, false, true],
				waiting: 2,
			});
		});

		it('are evaluated by the clock when nothing newer comes; then the status knows what each carried', async () => {
			const { vehicle } = await standardFleet(fixture);
			await fixture.feed(fuel(-2, 60), fuel(-4, 10, { driver: 'Zoë' }));
			expect((await fixture.ringAt(5)).fired).toEqual([]);
			expect(openedAt((await fixture.ringAt(6)).fired)).toEqual([-4]);
			expect((await fixture.ringAt(8)).cleared).toMatchObject([
				{ firing: { clearedAt: START - 2 * MINUTE } },
			]);
			expect(await stored(vehicle.id)).toMatchObject({
				current: { reportedAt: START - 2 * MINUTE, attributes: { fuelLevel: 60, driver: 'Zoë' } },
				waiting: 0,
			});
			const late = await fixture.feed(fuel(-3, 1));
			expect(late).toMatchObject({ accepted: 1, stale: 1, fired: [] });
		});

		it('hold back timers of their vehicle, and no timer rings before the delay is over', async () => {
			await standardFleet(fixture, { ...lowFuel, pattern: { absent: { forSeconds: 300 } } });
			await fixture.feed(fuel(-5, 60), fuel(-1, 60));
			expect((await fixture.ringAt(4)).fired).toEqual([]);
			fixture.now = START + 5 * MINUTE;
			// Came nine minutes after it was reported: the vehicle was not silent.
			expect((await fixture.feed(fuel(2, 60))).fired).toEqual([]);
			expect((await fixture.ringAt(16)).fired).toEqual([]);
			expect(openedAt((await fixture.ringAt(17)).fired)).toEqual([7]);
		});

		it('are taken by a feed that allows no delay any more', async () => {
			const { vehicle } = await standardFleet(fixture);
			await fixture.feed(fuel(-2, 60), fuel(-4, 10));
			const other = feedProcessor(fixture.fleet, { feed: 'statuses' });
			const { fired, cleared } = await other.process([{ payload: JSON.stringify(fuel(0, 5)) }]);
			expect([openedAt(fired), openedAt(cleared)]).toEqual([[-4, 0], [-4]]);
			expect(await stored(vehicle.id)).toMatchObject({ waiting: 0 });
		});
	});

	it('are history only where no delay is allowed', async () => {
		fixture = await feedFixture();
		const { vehicle } = await standardFleet(fixture);
		const { stale, fired } = await fixture.feed(fuel(-2, 60), fuel(-4, 10), fuel(-3, 9));
		expect([stale, fired]).toEqual([2, []]);
		expect(await stored(vehicle.id)).toMatchObject({
			current: { reportedAt: START - 2 * MINUTE, attributes: { fuelLevel: 60 } },
			late: [false, true, true],
			waiting: 0,
		});
	});
});
