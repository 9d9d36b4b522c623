import type { FeedMetrics, StoreMetrics } from '../../app/ports/store-operations';
import type { Answer } from './answered-in-time';

interface Part {
	readonly up: boolean;
	/** ISO 8601. */
	readonly since: string;
	readonly reason: string | null;
}

export interface Health {
	readonly status: 'ok' | 'failing';
	readonly startedAt: string;
	readonly feeds: readonly (Part & { readonly feed: string; readonly group: string })[];
	readonly store: Part;
}

/** Well while every feed reaches its transport and the store answers. */
export function healthOf(
	feeds: Answer<readonly FeedMetrics[]>,
	store: Answer<StoreMetrics>,
	startedAt: number,
): Health {
	const runs = feeds.value ?? feeds.last ?? [];
	const isOk = feeds.value !== null && store.value !== null && runs.every(({ isUp }) => isUp);
	return {
		status: isOk ? 'ok' : 'failing',
		startedAt: iso(startedAt),
		feeds: runs.map(({ feed, group, isUp, stateSince, downReason }) =>
			feeds.value === null
				? { feed, group, up: false, since: iso(feeds.since), reason: feeds.reason }
				: { feed, group, up: isUp, since: iso(stateSince), reason: downReason },
		),
		store: { up: store.value !== null, since: iso(store.since), reason: store.reason },
	};
}

const iso = (at: number): string => new Date(at).toISOString();
