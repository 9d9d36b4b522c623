import { setTimeout as sleep } from 'node:timers/promises';
import { openBus, type TransportOptions } from '../../../src/adapters/bus/open-bus';
import { openStore, type StoreOptions } from '../../../src/adapters/store/open-store';
import type { FeedListener, FeedRun } from '../../../src/app/feed/feed-run';
import { startFeedThread } from '../../../src/runner/start-feed-thread';
import type { BenchSide } from '../measure';
import { addFleet, type MessageSource, messageSource, START } from './workload';

const MESSAGES = 200_000;
/** Of each round: the thread loads its code and rules, and compiles what it runs often. */
const WARM_UP = 50_000;
const BATCH = 2000;
const PUBLISHED_AT_ONCE = 5000;
const DRAIN_WITHIN_MS = 300_000;
const LOOK_EVERY_MS = 20;

interface Drained {
	readonly what: string;
	readonly store: StoreOptions;
	readonly transport: TransportOptions;
	/** Default 200,000. */
	readonly messages?: number;
}

/**
 * A backlog of the transport, read by a feed in a thread of this process: from the commit of the 50,000th message to
 * that of the last, the batches acknowledged.
 */
export async function drainSide({
	what,
	store,
	transport,
	messages = MESSAGES,
}: Drained): Promise<BenchSide> {
	const prepared = await openStore(store);
	await addFleet(prepared);
	await prepared.close();
	let round = 0;
	const feedOf = () => `bench.${transport.kind}.${round}`;
	return {
		what,
		clock: 'wall',
		prepare: async () => {
			round += 1;
			const source = messageSource(feedOf(), { begin: START + round * messages });
			await publishBacklog({ store, transport }, feedOf(), source, messages);
		},
		run: async () => {
			const run = { feed: feedOf(), group: 'bench', batchSize: BATCH };
			const feed = await startFeedThread({ store, transport, run }, stopper);
			try {
				const warmAt = await untilTaken(feed, WARM_UP);
				const endedAt = await untilTaken(feed, messages);
				return { units: endedAt.taken - warmAt.taken, spentMs: endedAt.at - warmAt.at };
			} finally {
				await feed.stop();
			}
		},
	};
}

async function publishBacklog(
	{ store: options, transport }: Pick<Drained, 'store' | 'transport'>,
	feed: string,
	source: MessageSource,
	count: number,
): Promise<void> {
	const store = await openStore(options);
	const bus = openBus(transport, store.database);
	for (let done = 0; done < count; done += PUBLISHED_AT_ONCE) {
		await bus.publish(feed, source.next(PUBLISHED_AT_ONCE));
	}
	await bus.close();
	await store.close();
}

async function untilTaken(feed: FeedRun, count: number): Promise<{ taken: number; at: number }> {
	const deadline = Date.now() + DRAIN_WITHIN_MS;
	for (;;) {
		const { accepted, rejected, lost } = await feed.metrics();
		if (rejected + lost > 0) throw new Error(`${rejected} messages were rejected, ${lost} lost`);
		if (accepted >= count) return { taken: accepted, at: performance.now() };
		if (Date.now() > deadline) throw new Error(`Only ${accepted} of ${count} messages were taken`);
		await sleep(LOOK_EVERY_MS);
	}
}

/** A benchmark that goes wrong measures something else. */
const stopper: FeedListener = {
	onResult: () => undefined,
	onState: () => undefined,
	onLoss: () => undefined,
	onFailure: (_what, error) => {
		if (error !== null) throw error;
	},
};
