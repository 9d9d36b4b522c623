import type Redis from 'ioredis';

/** A stream as `XINFO STREAM` tells it. */
export interface StreamState {
	readonly length: number;
	readonly firstId: string | null;
	/** The newest that there ever was. */
	readonly lastId: string;
	/** The newest that XDEL removed; null before Redis 7. */
	readonly maxDeletedId: string | null;
	/** How many there ever were; null before Redis 7. */
	readonly entriesAdded: number | null;
}

/** How far a group is. */
export interface GroupState {
	readonly lastId: string;
	/** How many entries there were up to `lastId`; null where Redis does not know. */
	readonly entriesRead: number | null;
	/** Entries that were given to consumers and not acknowledged. */
	readonly pending: number;
	readonly consumers: number;
}

/** Null when there is no such stream. */
export async function streamState(redis: Redis, stream: string): Promise<StreamState | null> {
	const reply = await redis.xinfo('STREAM', stream).catch((error: unknown) => {
		if (/no such key/.test(String(error))) return null;
		throw error;
	});
	if (reply === null) return null;
	const state = pairs(reply);
	const first = state.get('first-entry') as [string, unknown] | null;
	return {
		length: Number(state.get('length')),
		firstId: first?.[0] ?? null,
		lastId: String(state.get('last-generated-id')),
		maxDeletedId: (state.get('max-deleted-entry-id') as string | undefined) ?? null,
		entriesAdded: (state.get('entries-added') as number | undefined) ?? null,
	};
}

/** Null when there is no such group. */
export async function groupState(redis: Redis, stream: string, group: string): Promise<GroupState | null> {
	const replies = (await redis.xinfo('GROUPS', stream)) as unknown[];
	const state = replies.map(pairs).find((one) => one.get('name') === group);
	if (!state) return null;
	return {
		lastId: String(state.get('last-delivered-id')),
		entriesRead: (state.get('entries-read') as number | null | undefined) ?? null,
		pending: Number(state.get('pending')),
		consumers: Number(state.get('consumers')),
	};
}

/** Creates the group, and the stream under it; nothing happens when it is there. */
export async function createGroup(
	redis: Redis,
	stream: string,
	group: string,
	from: 'start' | 'now',
): Promise<void> {
	const state = await streamState(redis, stream);
	const begin = from === 'start' ? '0' : (state?.lastId ?? '0');
	const counted = state?.entriesAdded ?? null;
	// What was gone before there was a group is none of its losses.
	const entriesRead = from === 'start' ? (counted ?? 0) - (state?.length ?? 0) : (counted ?? 0);
	const counters = counted === null ? [] : ['ENTRIESREAD', entriesRead];
	await redis
		.call('XGROUP', 'CREATE', stream, group, begin, 'MKSTREAM', ...counters)
		.catch((error: unknown) => {
			if (!String(error).includes('BUSYGROUP')) throw error;
		});
}

/** Entries that wait for the group: counted where Redis counts them, else judged by the times in their ids. */
export function waitingEntries(stream: StreamState, group: GroupState): number {
	const { length, firstId, lastId, entriesAdded } = stream;
	if (firstId === null || compareIds(lastId, group.lastId) <= 0) return group.pending;
	if (entriesAdded !== null && group.entriesRead !== null) {
		return group.pending + Math.min(length, Math.max(0, entriesAdded - group.entriesRead));
	}
	if (compareIds(firstId, group.lastId) > 0) return group.pending + length;
	const spanMs = timeOf(lastId) - timeOf(firstId);
	const share = spanMs > 0 ? (timeOf(lastId) - timeOf(group.lastId)) / spanMs : 1;
	return group.pending + Math.max(1, Math.round(length * share));
}

/** Negative when `a` is the older entry's id. */
export function compareIds(a: string, b: string): number {
	const [aTime = '', aNumber = '0'] = a.split('-');
	const [bTime = '', bNumber = '0'] = b.split('-');
	return compareNumbers(aTime, bTime) || compareNumbers(aNumber, bNumber);
}

/** By their digits, since they may be as large as 2^64. */
function compareNumbers(a: string, b: string): number {
	if (a.length !== b.length) return a.length - b.length;
	return a === b ? 0 : a < b ? -1 : 1;
}

const timeOf = (id: string): number => Number(id.split('-')[0]);

function pairs(reply: unknown): Map<unknown, unknown> {
	const flat = reply as unknown[];
	const map = new Map<unknown, unknown>();
	for (let index = 0; index + 1 < flat.length; index += 2) map.set(flat[index], flat[index + 1]);
	return map;
}
