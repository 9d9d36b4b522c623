import fc from 'fast-check';
import type { FeedOptions } from '../../src/app/feed/process-batch';
import { createVehicle } from '../../src/app/records/vehicles';
import { createRule } from '../../src/app/records/rules';
import { feedFixture, lowFuel, MINUTE, report, type FeedFixture } from '../lib/feed-fixture';

const PLATES = ['A 1', 'A 2', 'A 3'];

type Message = ReturnType<typeof report>;

async function smallFleet(options: Partial<FeedOptions>): Promise<FeedFixture> {
	const fixture = await feedFixture(options);
	for (const plate of PLATES) await createVehicle(fixture.fleet, { plate });
	await createRule(fixture.fleet, { ...lowFuel, fire: { on: 'edge', cooldownSeconds: 120 } });
	await createRule(fixture.fleet, {
		...lowFuel,
		name: 'Parked',
		pattern: { not: { attribute: 'ignition', operator: 'eq', value: true } },
	});
	return fixture;
}

/** What the batches brought about, without the numbers that the store gives by arrival. */
async function outcomeOf(batches: readonly (readonly Message[])[], options: Partial<FeedOptions> = {}) {
	const fixture = await smallFleet(options);
	try {
		for (const batch of batches) await fixture.feed(...batch);
		await fixture.ringAt(5);
		return await fixture.store.read(async (session) => ({
			firings: (await session.firings.find()).map(({ id: _id, ...firing }) => JSON.stringify(firing)).sort(),
			statuses: [...(await session.statuses.current([1, 2, 3])).values()].sort(
				(a, b) => a.vehicleId - b.vehicleId,
			),
			tasks: (await session.tasks.find()).map(({ title, vehicleId }) => `${title} ${vehicleId}`).sort(),
			logs: await session.logs.count(),
			pending: await session.actions.count({ where: { state: 'pending' } }),
		}));
	} finally {
		await fixture.close();
	}
}

const messages = fc
	.array(
		fc.record({
			plate: fc.constantFrom(...PLATES),
			attributes: fc.record(
				{ fuelLevel: fc.constantFrom(5, 14, 15, 60), ignition: fc.boolean() },
				{ requiredKeys: [] },
			),
			pause: fc.nat(2),
		}),
		{ minLength: 1, maxLength: 12 },
	)
	.map((drafts) => {
		let minutes = -60;
		return drafts.map(({ plate, attributes, pause }, index) =>
			report(plate, (minutes += pause), attributes, { messageId: `m${index}`, sequence: index }),
		);
	});

/** Cuts the list anywhere and delivers some messages again, in the same batch or in the next. */
const deliveries = messages.chain((list) =>
	fc.record({
		list: fc.constant(list),
		cuts: fc.array(fc.boolean(), { minLength: list.length, maxLength: list.length }),
		again: fc.array(fc.boolean(), { minLength: list.length, maxLength: list.length }),
	}),
);

describe('any split of a list of messages into batches, with duplicates', () => {
	it('brings about the same as one message at a time', async () => {
		expect.hasAssertions();
		await fc.assert(
			fc.asyncProperty(deliveries, async ({ list, cuts, again }) => {
				const batches: Message[][] = [[]];
				list.forEach((message, index) => {
					batches.at(-1)?.push(message);
					if (cuts[index]) batches.push([]);
					if (again[index]) batches.at(-1)?.push(message);
				});
				expect(await outcomeOf(batches)).toEqual(await outcomeOf(list.map((message) => [message])));
			}),
			{ numRuns: 10 },
		);
	});

	it('brings about the same as in order, when messages overtake each other within the allowed delay', async () => {
		expect.hasAssertions();
		const overtaking = messages.chain((list) =>
			fc.record({
				list: fc.constant(list),
				lags: fc.array(fc.nat(3), { minLength: list.length, maxLength: list.length }),
				cuts: fc.array(fc.boolean(), { minLength: list.length, maxLength: list.length }),
			}),
		);
		await fc.assert(
			fc.asyncProperty(overtaking, async ({ list, lags, cuts }) => {
				const arrivals = list
					.map((message, index) => ({ message, at: message.reportedAt + (lags[index] ?? 0) * MINUTE }))
					.sort((a, b) => a.at - b.at);
				const batches: Message[][] = [[]];
				arrivals.forEach(({ message }, index) => {
					batches.at(-1)?.push(message);
					if (cuts[index]) batches.push([]);
				});
				const delayed = { allowedDelayMs: 3 * MINUTE };
				const inOrder = await outcomeOf(list.map((message) => [message]));
				expect(await outcomeOf(batches, delayed)).toEqual(inOrder);
			}),
			{ numRuns: 10 },
		);
	});
});
