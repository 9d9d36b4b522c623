import type Redis from 'ioredis';
import type { IncomingMessage, SubscribeOptions } from '../../app/ports/message-bus';
import { entriesOf, type RawEntry } from './stream-entries';
import type { PartitionKeys } from './stream-keys';
import { findLoss, type LossMemory, NOTHING_TOLD } from './stream-loss';
import { createGroup, groupState, streamState } from './stream-state';

/** A stream that one subscriber reads for its group, from where the group has acknowledged. */
export interface StreamPartition {
	readonly index: number;
	readonly keys: PartitionKeys;
	readonly group: string;
	/** Before the ids of its messages: empty where the feed is one stream. */
	readonly prefix: string;
	/** What is acknowledged, and what was read: the newest entry's id, and how many there were. */
	acked: Progress;
	read: Progress;
	/** Entries that were removed before they were read; they count for the progress that Redis is told. */
	lost: number;
	losses: LossMemory;
	/** Where to go on with what consumers of the group were given and left behind; null when that is done. */
	leftAfter: string | null;
	lookAt: number;
	/** Another subscriber's by now, or without its group: nothing of it is to be handed out any more. */
	isGone: boolean;
}

export interface Progress {
	readonly lastId: string;
	/** Null where Redis does not count. */
	readonly count: number | null;
}

/** What was read of one partition at a time. */
export interface Slice {
	readonly partition: StreamPartition;
	readonly messages: IncomingMessage[];
	/** What acknowledging it means: to move the group on, or to settle these ids, which were left behind. */
	readonly settles: Progress | readonly string[];
}

type TellLoss = NonNullable<SubscribeOptions['onLoss']>;

const LOOK_EVERY_MS = 5000;
/** The consumer to whom is given what others have left behind. */
const HEIR = 'fleet';

/** Where the group stands; makes it where it is not. Null when it vanishes meanwhile. */
export async function openPartition(
	redis: Redis,
	partition: Pick<StreamPartition, 'index' | 'keys' | 'group' | 'prefix'>,
	from: SubscribeOptions['from'],
	tellLoss: TellLoss,
): Promise<StreamPartition | null> {
	const { keys, group } = partition;
	await createGroup(redis, keys.stream, group, from);
	const state = await groupState(redis, keys.stream, group);
	if (!state) return null;
	if (state.pending > 0) {
		const count = await inherit(redis, keys.stream, group);
		if (count > 0) tellLoss({ count, reason: lossReason(keys.stream, group) });
	} else if (state.consumers > 0) await forgetConsumers(redis, keys.stream, group);
	const progress = { lastId: state.lastId, count: state.entriesRead };
	return {
		...partition,
		acked: progress,
		read: progress,
		lost: 0,
		losses: NOTHING_TOLD,
		leftAfter: state.pending > 0 ? '0-0' : null,
		lookAt: 0,
		isGone: false,
	};
}

/**
 * What consumers were given and did not acknowledge becomes one consumer's, however short they have had it: whoever
 * calls this has the lease. Resolves with how many of them Redis found to be removed.
 */
async function inherit(redis: Redis, stream: string, group: string): Promise<number> {
	let lost = 0;
	for (let start = '0-0'; ;) {
		const reply = await redis.xautoclaim(stream, group, HEIR, 0, start, 'COUNT', 1000, 'JUSTID');
		const [next, , removed = []] = reply as [string, string[], string[]?];
		lost += removed.length;
		start = next;
		if (start === '0-0') return lost;
	}
}

const FORGET_CONSUMERS = `
for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
	local name = consumer[2]
	if #redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', 1, name) == 0 then
		redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], name)
	end
end`;

/** Removes the names of consumers who have nothing that they would have to acknowledge. */
async function forgetConsumers(redis: Redis, stream: string, group: string): Promise<void> {
	await redis.eval(FORGET_CONSUMERS, 1, stream, group);
}

/** The next of what others left behind, in order; notes when that was the last. */
export async function readLeft(
	redis: Redis,
	partition: StreamPartition,
	limit: number,
	tellLoss: TellLoss,
): Promise<Slice> {
	const { keys, group, prefix, leftAfter } = partition;
	const reply = await redis.callBuffer(
		...(['XREADGROUP', 'GROUP', group, HEIR, 'COUNT', String(limit)] as const),
		...['STREAMS', keys.stream, leftAfter ?? '0-0'],
	);
	const { messages, ids } = entriesOf(streamsIn(reply)[0]?.[1] ?? [], prefix);
	partition.leftAfter = ids.at(-1) ?? null;
	if (ids.length === 0) await forgetConsumers(redis, keys.stream, group);
	const count = ids.length - messages.length;
	if (count > 0) tellLoss({ count, reason: lossReason(keys.stream, group) });
	return { partition, messages, settles: ids };
}

/** What is new in any of them, up to `limit` entries each; waits up to `waitMs` where nothing is. */
export async function readNew(
	redis: Redis,
	partitions: readonly StreamPartition[],
	limit: number,
	waitMs: number,
): Promise<Slice[]> {
	const reply = await redis.callBuffer(
		...(['XREAD', 'COUNT', String(limit)] as const),
		...(waitMs >= 1 ? ['BLOCK', String(Math.ceil(waitMs))] : []),
		...[
			'STREAMS',
			...partitions.map(({ keys }) => keys.stream),
			...partitions.map(({ read }) => read.lastId),
		],
	);
	return streamsIn(reply).flatMap(([name, entries]) => {
		const stream = name.toString();
		const partition = partitions.find(({ keys }) => keys.stream === stream);
		if (!partition) return [];
		const { messages, ids } = entriesOf(entries, partition.prefix);
		const { lastId, count } = partition.read;
		partition.read = { lastId: ids.at(-1) ?? lastId, count: count === null ? null : count + ids.length };
		return [{ partition, messages, settles: partition.read }];
	});
}

function streamsIn(reply: unknown): [name: Buffer, entries: RawEntry[]][] {
	return (reply ?? []) as [Buffer, RawEntry[]][];
}

/** Every few seconds: whether entries were removed before they were read, and whether the group is still there. */
export async function lookAfter(
	redis: Redis,
	partition: StreamPartition,
	tellLoss: TellLoss,
): Promise<boolean> {
	if (performance.now() < partition.lookAt) return false;
	partition.lookAt = performance.now() + LOOK_EVERY_MS;
	const { keys, group, read, lost } = partition;
	const stream = await streamState(redis, keys.stream);
	if (!stream || !(await groupState(redis, keys.stream, group))) {
		partition.isGone = true;
		return false;
	}
	const position = read.count === null ? null : read.count + lost;
	const finding = findLoss(stream, { lastId: read.lastId, position }, partition.losses);
	partition.losses = finding.memory;
	if (read.count === null) partition.read = { ...read, count: finding.position };
	else partition.lost = (finding.position ?? 0) - read.count;
	if (!finding.loss) return false;
	tellLoss({ ...finding.loss, reason: lossReason(keys.stream, group) });
	return true;
}

function lossReason(stream: string, group: string): string {
	return `Entries of the stream '${stream}' were removed (MAXLEN, XTRIM or XDEL) before the group '${group}' had read them`;
}
