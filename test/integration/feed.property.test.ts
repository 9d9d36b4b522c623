import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { openStore } from '../../src/adapters/store/open-store';
import { backtestRule } from '../../src/app/rules/backtest-rule';
import { feedProcessor } from '../../src/app/feed/process-batch';
import { FENCES } from '../../src/domain/rules/testing/fences';
import type { Rule } from '../../src/domain/rules/rule';
import { arbitraryFeedCase, type FeedCase } from '../lib/arbitrary-feed';
import { fillFeedCase } from '../lib/fill-feed-case';
import { expectedFirings, inTime, type ExpectedFiring } from '../lib/feed-reference';

const CASES = Number(process.env.FLEET_PROPERTY_FEED_CASES ?? 150);
const SEED = process.env.FLEET_PROPERTY_SEED;
/** How long a report may be under way before the clock decides without it, where no delay is allowed. */
const UNDER_WAY_MS = 5000;

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'fleet-feed-property-'));
	await (await openStore({ kind: 'sqlite', path: join(folder, 'empty.sqlite') })).close();
});
afterAll(() => rm(folder, { recursive: true }));

/** Sends the deliveries through the feed; what is in the store then, and up to when timers have rung. */
async function feedAll(
	feedCase: FeedCase,
): Promise<{ rules: Rule[]; until: number; firings: ExpectedFiring[]; backtested: OpenedFiring[] }> {
	const { deliveries, allowedDelayMs, afterMs } = feedCase;
	const path = join(folder, 'case.sqlite');
	await copyFile(join(folder, 'empty.sqlite'), path);
	let now = 0;
	let store = await openStore({ kind: 'sqlite', path });
	const newProcessor = () => feedProcessor({ store, clock: () => now }, { feed: 'statuses', allowedDelayMs });
	let processor = newProcessor();
	const rules = await fillFeedCase(store, feedCase);
	const all = deliveries.flatMap(({ messages }) => messages);
	const timely = new Set(inTime(all, allowedDelayMs));
	const graceMs = Math.max(allowedDelayMs, UNDER_WAY_MS);

	for (const [index, { messages, restarts, ringsEarlyMs }] of deliveries.entries()) {
		if (restarts === 'store') {
			await store.close();
			store = await openStore({ kind: 'sqlite', path });
		}
		if (restarts !== 'no') processor = newProcessor();
		// A report that the clock has overtaken is late, too, and which one that is depends on when the feed got to it:
		// the clock stays behind what is still to come in time.
		const came = new Set(deliveries.slice(0, index).flatMap((delivery) => delivery.messages));
		const toCome = [...timely].filter((message) => !came.has(message));
		const mayRingAt = Math.min(...toCome.map(({ reportedAt }) => reportedAt - 1)) + graceMs;
		if (ringsEarlyMs !== null && mayRingAt !== Infinity && mayRingAt - ringsEarlyMs >= now) {
			now = mayRingAt - ringsEarlyMs;
			await processor.ring();
		}
		now = Math.max(now, ...messages.map(({ reportedAt }) => reportedAt - UNDER_WAY_MS));
		await processor.process(
			messages.map(({ vehicleId, ...message }) => ({
				payload: JSON.stringify({ ...message, vehicle: `A ${vehicleId}` }),
			})),
		);
	}
	const until = Math.max(...all.map(({ reportedAt }) => reportedAt)) + afterMs;
	now = until + graceMs;
	await processor.ring();
	const firings = await store.read(async (session) => await session.firings.find());
	const backtested: OpenedFiring[] = [];
	for (const { id } of rules.filter(({ enabled }) => enabled)) {
		const backtest = await backtestRule({ store, clock: () => until }, { id });
		backtested.push(...backtest.firings.map((firing) => opened({ ...firing, ruleId: id })));
	}
	await store.close();
	return { rules, until, firings: firings.map(seen), backtested };
}

/** A backtest tells the highest severity, a stored firing its present one: it is not compared. */
type OpenedFiring = Omit<ExpectedFiring, 'severity'>;

const opened = ({ ruleId, vehicleId, openedAt, clearedAt }: OpenedFiring): OpenedFiring => ({
	ruleId,
	vehicleId,
	openedAt,
	clearedAt,
});

const seen = ({ ruleId, vehicleId, openedAt, clearedAt, severity }: ExpectedFiring): ExpectedFiring => ({
	ruleId,
	vehicleId,
	openedAt,
	clearedAt,
	severity,
});

const sorted = <F extends OpenedFiring>(firings: readonly F[]): F[] =>
	firings.toSorted((a, b) => a.vehicleId - b.vehicleId || a.ruleId - b.ruleId || a.openedAt - b.openedAt);

/** Far more than it takes, for a machine that has other things to do. */
const WITHIN_MS = 120_000 + CASES * 200;

describe('a feed against the reference', () => {
	it(
		'fires the same in batches of any size, with redeliveries, shuffles and restarts; and so does a backtest',
		async () => {
			expect.hasAssertions();
			await fc.assert(
				fc.asyncProperty(arbitraryFeedCase, async (feedCase) => {
					const { rules, until, firings, backtested } = await feedAll(feedCase);
					expect(sorted(firings)).toEqual(sorted(expectedFirings(feedCase, rules, until, FENCES)));
					expect(sorted(backtested)).toEqual(sorted(firings.map(opened)));
				}),
				{ numRuns: CASES, ...(SEED !== undefined && { seed: Number(SEED) }) },
			);
		},
		WITHIN_MS,
	);
});
