import type Redis from 'ioredis';
import type { SubscribeOptions } from '../../app/ports/message-bus';
import type { StreamPartition } from './stream-partition';
import { compareIds, groupState, streamState } from './stream-state';

/**
 * Tells of entries that were known to be in the stream, not acknowledged, and went together with it: somebody removed
 * it, or the Redis came back without its data. While stream and group are there, `lookAfter` tells what is missing.
 */
export async function tellRemoval(
	redis: Redis,
	{ keys, group, acked, read, losses }: StreamPartition,
	tellLoss: NonNullable<SubscribeOptions['onLoss']>,
): Promise<void> {
	const newestId = compareIds(read.lastId, losses.seenId) > 0 ? read.lastId : losses.seenId;
	if (compareIds(newestId, acked.lastId) <= 0) return;
	const stream = await streamState(redis, keys.stream);
	if (stream && compareIds(stream.lastId, newestId) >= 0) {
		const holdsNewest = stream.firstId !== null && compareIds(stream.firstId, newestId) <= 0;
		if (holdsNewest || (await groupState(redis, keys.stream, group))) return;
	}
	const reason = `The stream '${keys.stream}' was removed, or set back, before the group '${group}' had acknowledged all of it`;
	tellLoss({ count: null, reason });
}
