import type Redis from 'ioredis';
import type { IncomingMessage, SubscribeOptions } from '../../app/ports/message-bus';
import { answered } from './redis-connection';

/** A group's consumer on a stream: the commands, their replies, and what they mean. */
export interface StreamConsumer {
	readonly feed: string;
	readonly group: string;
	readonly name: string;
	/** How long an answer may take, blocking not counted. */
	readonly answerMs: number;
}

export interface StreamEntries {
	readonly messages: IncomingMessage[];
	/** Every entry's id, of those too whose content has been trimmed away meanwhile. */
	readonly ids: string[];
}

type RawEntry = [id: string, fields: string[] | null];

/** Creates the group, and the stream under it; nothing happens when it is there. */
export async function createGroup(
	redis: Redis,
	{ feed, group, answerMs }: StreamConsumer,
	from: SubscribeOptions['from'],
): Promise<void> {
	const start = from === 'start' ? '0' : '$';
	try {
		await answered(redis, redis.xgroup('CREATE', feed, group, start, 'MKSTREAM'), answerMs);
	} catch (error) {
		if (!hasCode(error, 'BUSYGROUP')) throw error;
	}
}

/** The oldest entries that this consumer was given and has not acknowledged. */
export async function readPending(
	redis: Redis,
	consumer: StreamConsumer,
	count: number,
): Promise<StreamEntries> {
	const { feed, group, name, answerMs } = consumer;
	const reply = redis.xreadgroup('GROUP', group, name, 'COUNT', count, 'STREAMS', feed, '0');
	return entriesOf(await answered(redis, reply, answerMs));
}

/** Entries that nobody of the group was given yet; none when there is none for `blockMs`. */
export async function readNew(
	redis: Redis,
	consumer: StreamConsumer,
	count: number,
	blockMs: number,
): Promise<StreamEntries> {
	const { feed, group, name, answerMs } = consumer;
	const reply = redis.xreadgroup(
		'GROUP',
		group,
		name,
		'COUNT',
		count,
		'BLOCK',
		blockMs,
		'STREAMS',
		feed,
		'>',
	);
	return entriesOf(await answered(redis, reply, blockMs + answerMs));
}

/** Makes entries that others hold, and left alone for `idleMs`, this consumer's pending ones. Returns how many. */
export async function takeOver(
	redis: Redis,
	{ feed, group, name, answerMs }: StreamConsumer,
	idleMs: number,
	count: number,
): Promise<number> {
	let start = '0-0';
	let taken = 0;
	do {
		const reply = redis.xautoclaim(feed, group, name, idleMs, start, 'COUNT', count, 'JUSTID');
		const [next, ids] = (await answered(redis, reply, answerMs)) as [string, string[]];
		taken += ids.length;
		start = next;
	} while (start !== '0-0' && taken < count);
	return taken;
}

/** Keeps entries that are worked on from being taken over: their idle time begins anew. */
export async function keepHold(
	redis: Redis,
	consumer: StreamConsumer,
	ids: readonly string[],
): Promise<void> {
	await redis.xclaim(consumer.feed, consumer.group, consumer.name, 0, ...ids, 'JUSTID');
}

/** True for what is answered when the group, or the stream under it, is gone. */
export function isGroupGone(error: unknown): boolean {
	return hasCode(error, 'NOGROUP') || hasCode(error, 'UNBLOCKED');
}

function hasCode(error: unknown, code: string): boolean {
	return error instanceof Error && error.message.startsWith(code);
}

function entriesOf(reply: unknown): StreamEntries {
	const [stream] = (reply ?? []) as [string, RawEntry[]][];
	const entries = stream?.[1] ?? [];
	const messages = entries.flatMap(([transportId, fields]) =>
		fields === null ? [] : [{ transportId, payload: payloadOf(fields) }],
	);
	return { messages, ids: entries.map(([id]) => id) };
}

/** Entries of other writers, who know nothing of our field `payload`, are read as an object of their fields. */
function payloadOf(fields: readonly string[]): string {
	const byName = new Map<string, string>();
	for (let index = 0; index + 1 < fields.length; index += 2) {
		byName.set(fields[index] ?? '', fields[index + 1] ?? '');
	}
	return byName.get('payload') ?? JSON.stringify(Object.fromEntries(byName));
}
