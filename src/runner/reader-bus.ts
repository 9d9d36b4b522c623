import { pause } from '../adapters/bus/pause';
import {
	type NetworkTransport,
	openBus,
	openNetworkBus,
	type TransportOptions,
} from '../adapters/bus/open-bus';
import { subscriptionSet } from '../adapters/bus/subscription-set';
import type { Database } from '../adapters/store/database';
import type { MessageBus, Subscription } from '../app/ports/message-bus';
import { turns } from '../app/turns';
import { openReader, type ReaderListener } from './open-reader';
import type { ReadWork } from './thread-work';

const DEFAULT_DRAIN_MS = 10_000;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;
/** A thread that lived for so long did not crash because of how it was started. */
const LONG_LIFE_MS = 60_000;

/**
 * The same as `openBus`, but what comes over a network is read in a thread of its own: received, decompressed and made
 * text while this thread writes the batch before to the store.
 */
export function openReaderBus(options: TransportOptions, database: Database): MessageBus {
	return options.kind === 'embedded' ? openBus(options, database) : readerBus(options);
}

export function readerBus(transport: NetworkTransport): MessageBus {
	const bus = openNetworkBus(transport);
	const subscriptions = subscriptionSet();
	return {
		publish: bus.publish,
		async subscribe(feed, { onLoss, onState, ...options }, onBatch) {
			const listener = { onBatch, ...(onLoss && { onLoss }), ...(onState && { onState }) };
			return subscriptions.add(await read({ does: 'readFeed', transport, feed, options }, listener));
		},
		async close() {
			await subscriptions.close();
			await bus.close();
		},
	};
}

/** A thread that ends by itself is told as a transport that is down, and started anew until the subscription is closed. */
async function read(work: ReadWork, listener: ReaderListener): Promise<Subscription> {
	const closing = new AbortController();
	const inTurn = turns();
	const oneAtATime: ReaderListener = {
		...listener,
		async onBatch(batch) {
			await inTurn(async () => {
				if (!closing.signal.aborted) await listener.onBatch(batch);
			});
		},
	};
	let reader = openReader(work, oneAtATime);
	await reader.started;

	const lives = (async () => {
		for (let crashes = 0; ; crashes++) {
			const begunAt = performance.now();
			const error = await reader.ended;
			if (performance.now() - begunAt > LONG_LIFE_MS) crashes = 0;
			if (!closing.signal.aborted) listener.onState?.({ up: false, reason: endedWith(error) });
			await pause(Math.min(FIRST_PAUSE_MS * 2 ** crashes, LONGEST_PAUSE_MS), closing.signal);
			if (closing.signal.aborted) return;
			reader = openReader(work, oneAtATime);
			// Without a start it ends, which is awaited next.
			await reader.started.catch(() => undefined);
		}
	})();

	return {
		lag: async () => await reader.lag(),
		async close(drainMs = DEFAULT_DRAIN_MS) {
			closing.abort();
			await reader.close(drainMs);
			await lives;
		},
	};
}

const endedWith = (error: Error) => `The thread that reads the feed ended: ${error.message}`;
