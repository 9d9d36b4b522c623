import { randomUUID } from 'node:crypto';
import { BusUnavailableError, LeaseLostError } from '../../app/errors';
import type { MessageBus, SubscribeOptions } from '../../app/ports/message-bus';
import { FleetError } from '../../domain/errors';
import type { Database } from '../store/database';
import { bell } from './bell';
import { onFeedRing, ringFeed } from './feed-bells';
import {
	appendMessages,
	canRead,
	countWaiting,
	createGroup,
	type GroupLease,
	messagesAfter,
	moveCursor,
	releaseLease,
	type StoredMessage,
	takeLease,
} from './feed-table';
import { fillBatch } from './fill-batch';
import { DEFAULT_RETRY_MAX_MS, runSubscription, type Session } from './run-subscription';
import { subscriptionSet } from './subscription-set';
import { feedTrimmer } from './trim-feed';

export interface EmbeddedBusOptions {
	/** How long a reader that died keeps its group from others; default 10,000. */
	readonly leaseMs?: number;
	/** How soon what another process published is seen; default 250. */
	readonly pollMs?: number;
	/** What no group has acknowledged for so long is given up; default 7 days. */
	readonly retentionMs?: number;
	readonly now?: () => number;
}

const DAY_MS = 86_400_000;

/**
 * Feeds in the store's own database: durable, and shared by the processes on it. One reader of a group reads at a
 * time, under a lease, so that a feed's order is kept. The database stays open when the bus is closed.
 */
export function embeddedBus(database: Database, options: EmbeddedBusOptions = {}): MessageBus {
	const { leaseMs = 10_000, pollMs = 250, retentionMs = 7 * DAY_MS, now = Date.now } = options;
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
			const reader = leasedReader(database, feed, subscribeOptions, { leaseMs, pollMs, now, trim });
			const subscription = await runSubscription(
				{
					session: reader,
					describe: describeError,
					lag: async () =>
						await database.read(async (query) => await countWaiting(query, feed, subscribeOptions.group)),
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

interface ReaderOptions {
	readonly leaseMs: number;
	readonly pollMs: number;
	readonly now: () => number;
	readonly trim: (feed: string) => Promise<void>;
}

function leasedReader(
	database: Database,
	feed: string,
	subscribe: SubscribeOptions,
	{ leaseMs, pollMs, now, trim }: ReaderOptions,
): (session: Session) => Promise<void> {
	const { group, from } = subscribe;
	const lease: GroupLease = { feed, group, owner: randomUUID() };
	const wake = bell();
	let groupBegins = from;
	let cursor = 0;
	let heldUntil = 0;
	let isBusy = false;

	/** True when the lease is ours for a while; asks the store only when it is about to run out. */
	const hold = async (): Promise<boolean> => {
		if (heldUntil - now() > leaseMs / 2) return true;
		const isThereWork = await database.read(async (query) => await canRead(query, lease, now()));
		if (isThereWork === null) {
			await database.writeFeed(async (query) => await createGroup(query, feed, group, groupBegins));
			return await hold();
		}
		groupBegins = 'start';
		return isThereWork === true && (await prolong());
	};

	const prolong = async (): Promise<boolean> => {
		const until = now() + leaseMs;
		const taken = await database.writeFeed(async (query) => await takeLease(query, lease, now(), until));
		heldUntil = taken === null ? 0 : until;
		cursor = taken ?? cursor;
		return taken !== null;
	};

	const ack = async (begin: number, end: number): Promise<void> => {
		const until = now() + leaseMs;
		const move = { from: begin, to: end, until };
		if (!(await database.writeFeed(async (query) => await moveCursor(query, lease, move)))) {
			heldUntil = 0;
			throw new LeaseLostError(`A batch of the feed '${feed}'`);
		}
		heldUntil = until;
		cursor = end;
	};

	/** A batch from behind the cursor on. While it fills, others may not have the group. */
	const fill = async (begin: number, closing: AbortSignal): Promise<StoredMessage[]> => {
		const batch: StoredMessage[] = [];
		const take = async (limit: number) => {
			const after = batch.at(-1)?.id ?? begin;
			const more = await database.read(async (query) => await messagesAfter(query, feed, after, limit));
			batch.push(...more);
			isBusy = batch.length > 0;
			return more.length;
		};
		await fillBatch(subscribe, 0, closing, async (limit, waitMs) => {
			const taken = await take(limit);
			if (taken > 0 || waitMs === 0) return taken;
			await wake.wait(Math.min(waitMs, pollMs), closing);
			return await take(limit);
		});
		return batch;
	};

	const read = async ({ closing, ready, deliver }: Session): Promise<void> => {
		while (!closing.aborted) {
			const begin = (await hold()) ? cursor : null;
			const batch = begin === null ? [] : await fill(begin, closing);
			ready();
			const end = batch.at(-1)?.id;
			if (begin === null || end === undefined) {
				await wake.wait(pollMs, closing);
				continue;
			}
			const messages = batch.map(({ id, payload }) => ({ transportId: String(id), payload }));
			await deliver(messages, async () => await ack(begin, end));
			isBusy = false;
			void trim(feed);
		}
	};

	return async (session) => {
		const stopListening = onFeedRing(database, feed, wake.ring);
		// Failing to prolong is harmless: at worst the lease is lost, and then the acknowledgement is refused.
		const renewal = setInterval(() => isBusy && void prolong().catch(() => undefined), leaseMs / 3);
		try {
			await read(session);
		} finally {
			stopListening();
			clearInterval(renewal);
			isBusy = false;
			heldUntil = 0;
			await database.writeFeed(async (query) => await releaseLease(query, lease)).catch(() => undefined);
			ringFeed(database, feed);
		}
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
