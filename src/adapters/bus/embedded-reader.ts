import { randomUUID } from 'node:crypto';
import { LeaseLostError } from '../../app/errors';
import type { SubscribeOptions } from '../../app/ports/message-bus';
import type { Database } from '../store/database';
import { BATCH_CHARACTERS, pageSizer, type Taken, takenOf } from './batch-bounds';
import { bell } from './bell';
import { onFeedRing, ringFeed } from './feed-bells';
import {
	canRead,
	createGroup,
	type GroupLease,
	messagesAfter,
	moveCursor,
	releaseLease,
	type StoredMessage,
	takeLease,
} from './feed-table';
import { fillBatch } from './fill-batch';
import { inTime } from './in-time';
import type { Session } from './run-subscription';

/** A store that does not answer lets nobody wait for the end of a lease, which then runs out by itself. */
const RELEASE_MS = 5000;

interface ReaderOptions {
	readonly leaseMs: number;
	readonly pollMs: number;
	readonly answerMs: number;
	readonly now: () => number;
	readonly trim: (feed: string) => Promise<void>;
}

/**
 * Reads a feed for its group under a lease in the store: one subscriber at a time, from where the group has acknowledged.
 */
export function leasedReader(
	database: Database,
	feed: string,
	subscribe: SubscribeOptions,
	{ leaseMs, pollMs, answerMs, now, trim }: ReaderOptions,
): (session: Session) => Promise<void> {
	const { group, from } = subscribe;
	const lease: GroupLease = { feed, group, owner: randomUUID() };
	const wake = bell();
	const pages = pageSizer();
	let groupBegins = from;
	let cursor = 0;
	let heldUntil = 0;
	let isBusy = false;

	const asked = async <T>(answer: Promise<T>) => await inTime(answer, answerMs);

	/** True when the lease is ours for a while; asks the store only when it is about to run out. */
	const hold = async (): Promise<boolean> => {
		if (heldUntil - now() > leaseMs / 2) return true;
		const isThereWork = await asked(database.readFeed(async (query) => await canRead(query, lease, now())));
		if (isThereWork === null) {
			await asked(database.writeFeed(async (query) => await createGroup(query, feed, group, groupBegins)));
			return await hold();
		}
		groupBegins = 'start';
		return isThereWork === true && (await asked(prolong()));
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
		const take = async (limit: number): Promise<Taken> => {
			let [count, characters] = [0, 0];
			while (count < limit && characters < BATCH_CHARACTERS) {
				const page = pages.size(limit - count);
				const after = batch.at(-1)?.id ?? begin;
				const more = await asked(
					database.readFeed(async (query) => await messagesAfter(query, feed, after, page)),
				);
				batch.push(...more);
				isBusy = batch.length > 0;
				const taken = takenOf(more);
				count += taken.count;
				characters += taken.characters;
				pages.took(taken, taken.count === page);
				if (taken.count < page) break;
			}
			return { count, characters };
		};
		await fillBatch(subscribe, 0, closing, async (limit, waitMs) => {
			const taken = await take(limit);
			if (taken.count > 0 || waitMs === 0) return taken;
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
			const releasing = database.writeFeed(async (query) => await releaseLease(query, lease));
			await inTime(releasing, Math.min(answerMs, RELEASE_MS)).catch(() => undefined);
			ringFeed(database, feed);
		}
	};
}
