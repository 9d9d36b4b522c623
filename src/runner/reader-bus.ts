import { backoffMs, pause } from '../adapters/bus/pause';
import {
	type NetworkTransport,
	openBus,
	openNetworkBus,
	type TransportOptions,
} from '../adapters/bus/open-bus';
import { DEFAULT_RETRY_MAX_MS } from '../adapters/bus/run-subscription';
import { subscriptionSet } from '../adapters/bus/subscription-set';
import type { Database } from '../adapters/store/database';
import type { MessageBus, Subscription } from '../app/ports/message-bus';
import { openReader, type ReaderListener } from './open-reader';
import type { ReadWork } from './thread-work';

const DEFAULT_DRAIN_MS = 10_000;

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
	let reader = openReader(work, listener);
	await reader.started;

	const lives = (async () => {
		for (let attempts = 0; ;) {
			const error = await reader.ended;
			if (closing.signal.aborted) return;
			listener.onState?.({ up: false, reason: `The thread that reads the feed ended: ${error.message}` });
			await pause(backoffMs((attempts += 1), DEFAULT_RETRY_MAX_MS), closing.signal);
			if (closing.signal.aborted) return;
			reader = openReader(work, listener);
			await reader.started.then(
				() => (attempts = 0),
				// It ends then, which is awaited next.
				() => undefined,
			);
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
