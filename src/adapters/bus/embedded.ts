import { BusUnavailableError } from '../../app/errors';
import type { MessageBus } from '../../app/ports/message-bus';
import { FleetError } from '../../domain/errors';
import type { Database } from '../store/database';
import { SilentServerError } from './describe-network-error';
import { leasedReader } from './embedded-reader';
import { ringFeed } from './feed-bells';
import { appendMessages, countWaiting } from './feed-table';
import { DEFAULT_RETRY_MAX_MS, runSubscription } from './run-subscription';
import { subscriptionSet } from './subscription-set';
import { feedTrimmer } from './trim-feed';

export interface EmbeddedBusOptions {
	/** How long a reader that died keeps its group from others; default 10,000. */
	readonly leaseMs?: number;
	/** How soon what another process published is seen; default 250. */
	readonly pollMs?: number;
	/** What no group has acknowledged for so long is given up; default 7 days. */
	readonly retentionMs?: number;
	/** How long the store may take to answer a reader before it counts as away; default 30,000. */
	readonly answerMs?: number;
	readonly now?: () => number;
}

const DAY_MS = 86_400_000;

/**
 * Feeds in the store's own database: durable, and shared by the processes on it. One reader of a group reads at a
 * time, under a lease, so that a feed's order is kept. The database stays open when the bus is closed.
 */
export function embeddedBus(database: Database, options: EmbeddedBusOptions = {}): MessageBus {
	const { leaseMs = 10_000, pollMs = 250, retentionMs = 7 * DAY_MS, answerMs = 30_000 } = options;
	const { now = Date.now } = options;
	const subscriptions = subscriptionSet();
	const trim = feedTrimmer(database, retentionMs, now);
	return {
		publish: async (feed, messages) => {
			if (messages.length === 0) return;
			try {
				await database.write(async (query) => await appendMessages(query, feed, messages, now()));
			} catch (error) {
				throw unavailable(error);
			}
			ringFeed(database, feed);
			void trim(feed);
		},
		subscribe: async (feed, subscribeOptions, onBatch) => {
			const reader = leasedReader(database, feed, subscribeOptions, { leaseMs, pollMs, answerMs, now, trim });
			const subscription = await runSubscription(
				{
					session: reader,
					describe: (error) =>
						error instanceof SilentServerError ? `${database.name} does not answer` : describeError(error),
					lag: async () =>
						await database.readFeed(async (query) => await countWaiting(query, feed, subscribeOptions.group)),
					retryMaxMs: DEFAULT_RETRY_MAX_MS,
				},
				subscribeOptions,
				onBatch,
			);
			return subscriptions.add(subscription);
		},
		close: subscriptions.close,
	};
}

function describeError(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

function unavailable(error: unknown): BusUnavailableError {
	const hint =
		error instanceof FleetError ? error.hint : "Look at the store's error message and mend its cause.";
	return new BusUnavailableError(describeError(error), hint, { cause: error });
}
