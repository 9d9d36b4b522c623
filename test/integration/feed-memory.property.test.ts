import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { openStore, type TypeOrmStore } from '../../src/adapters/store/open-store';
import { feedProcessor } from '../../src/app/feed/process-batch';
import { arbitraryFeedCase, type FeedCase } from '../lib/arbitrary-feed';
import { foreignWrite, writeForeign } from '../lib/arbitrary-foreign-writes';
import { fillFeedCase } from '../lib/fill-feed-case';

const CASES = Number(process.env.FLEET_PROPERTY_FEED_CASES ?? 100);
const SEED = process.env.FLEET_PROPERTY_SEED;
const TABLES = [
	'vehicle_status',
	'status_history',
	'rule_state',
	'firing',
	'backlog',
	'log',
	'task',
	'inbox',
];

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'fleet-feed-memory-'));
	await (await openStore({ kind: 'sqlite', path: join(folder, 'empty.sqlite') })).close();
});
afterAll(() => rm(folder, { recursive: true }));

const arbitraryCase = arbitraryFeedCase.chain((feedCase) =>
	fc.record({
		feedCase: fc.constant(feedCase),
		/** Per delivery: what others do before it comes. */
		foreign: fc.array(fc.array(foreignWrite, { maxLength: 2 }), {
			minLength: feedCase.deliveries.length,
			maxLength: feedCase.deliveries.length,
		}),
		/** Per delivery: whether the store refuses it at first, so that it comes again. */
		refused: fc.array(
			fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
			{
				minLength: feedCase.deliveries.length,
				maxLength: feedCase.deliveries.length,
			},
		),
	}),
);
type Case = typeof arbitraryCase extends fc.Arbitrary<infer T> ? T : never;

/** All that is in the store in the end, fed by one processor that is kept, or by a new one for each delivery. */
async function contents({ feedCase, foreign, refused }: Case, isKept: boolean): Promise<unknown> {
	const path = join(folder, `${isKept ? 'kept' : 'fresh'}.sqlite`);
	await copyFile(join(folder, 'empty.sqlite'), path);
	const [store, others] = [
		await openStore({ kind: 'sqlite', path }),
		await openStore({ kind: 'sqlite', path }),
	];
	let now = 0;
	const clock = () => now;
	const { allowedDelayMs, deliveries } = feedCase;
	const newProcessor = () => feedProcessor({ store, clock }, { feed: 'statuses', allowedDelayMs });
	let processor = newProcessor();
	await fillFeedCase(store, feedCase);
	for (const [index, { messages, ringsEarlyMs }] of deliveries.entries()) {
		if (!isKept) processor = newProcessor();
		for (const write of foreign[index] ?? []) await writeForeign({ store: others, clock }, write);
		now = Math.max(now, ...messages.map(({ reportedAt }) => reportedAt));
		if (ringsEarlyMs !== null) await processor.ring();
		const payloads = payloadsOf(messages);
		if (refused[index] === true) await refuse(store, () => processor.process(payloads));
		await processor.process(payloads);
	}
	now += 200_000;
	await processor.ring();
	const found: Record<string, unknown> = {};
	for (const table of TABLES) {
		found[table] = await store.database.read((query) => query(`SELECT * FROM ${table} ORDER BY 1, 2, 3`));
	}
	await Promise.all([store.close(), others.close()]);
	return found;
}

const payloadsOf = (messages: FeedCase['deliveries'][number]['messages']) =>
	messages.map(({ vehicleId, ...message }) => ({
		payload: JSON.stringify({ ...message, vehicle: `A ${vehicleId}` }),
	}));

/** The last statement of a batch fails: everything before it has been done in memory by then. */
async function refuse({ database }: TypeOrmStore, work: () => Promise<unknown>): Promise<void> {
	const write = database.writeFeed.bind(database);
	const refusing = jest.spyOn(database, 'writeFeed').mockImplementationOnce((inTransaction) =>
		write(async (...args) => {
			await inTransaction(...args);
			throw new Error('refused');
		}),
	);
	await expect(work()).rejects.toThrow('refused');
	refusing.mockRestore();
}

describe('what a feed keeps in memory', () => {
	it(
		'is never older than the store, whoever writes in between, and forgotten when a batch is undone',
		async () => {
			expect.hasAssertions();
			await fc.assert(
				fc.asyncProperty(arbitraryCase, async (one) => {
					expect(await contents(one, true)).toEqual(await contents(one, false));
				}),
				{ numRuns: CASES, ...(SEED !== undefined && { seed: Number(SEED) }) },
			);
		},
		120_000 + CASES * 300,
	);
});
