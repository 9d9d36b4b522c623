import type { Database } from '../store/database';
import { removeMessages, trimmable } from './feed-table';

const TRIM_EVERY_MS = 60_000;
/** Ids of one transaction: nobody waits long for the store. */
const IDS_PER_STEP = 5000;

/**
 * Removes from a feed, once a minute at most, what all of its groups have acknowledged and what is older than
 * `retentionMs`. Resolves when it has, or at once when it is not time; never rejects, since the next one makes up
 * for it.
 */
export function feedTrimmer(
	database: Database,
	retentionMs: number,
	now: () => number,
): (feed: string) => Promise<void> {
	const dueAt = new Map<string, number>();
	const trim = async (feed: string) => {
		const ids = await database.read(async (query) => await trimmable(query, feed, now() - retentionMs));
		if (!ids) return;
		for (let { first } = ids; first <= ids.last; first += IDS_PER_STEP) {
			const last = Math.min(ids.last, first + IDS_PER_STEP - 1);
			await database.write(async (query) => await removeMessages(query, feed, first, last));
		}
	};
	return async (feed) => {
		if (now() < (dueAt.get(feed) ?? 0)) return;
		dueAt.set(feed, now() + TRIM_EVERY_MS);
		await trim(feed).catch(() => undefined);
	};
}
