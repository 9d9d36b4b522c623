import { ListOffsetTimestamps } from '@platformatic/kafka';
import type { SubscribeOptions } from '../../app/ports/message-bus';
import type { Reader } from './kafka-client';
import type { Offsets } from './kafka-member';

/** Where the feed's partitions end: what is published from now on comes there. */
export async function endOffsets(reader: Reader, feed: string): Promise<Offsets> {
	return await offsetsAt(reader, feed, ListOffsetTimestamps.LATEST);
}

/** The oldest that the feed's partitions still hold. */
export async function firstOffsets(reader: Reader, feed: string): Promise<Offsets> {
	return await offsetsAt(reader, feed, ListOffsetTimestamps.EARLIEST);
}

async function offsetsAt(reader: Reader, feed: string, timestamp: bigint): Promise<Offsets> {
	const offsets = (await reader.listOffsets({ topics: [feed], timestamp })).get(feed) ?? [];
	return new Map(offsets.map((offset, partition) => [partition, Number(offset)]));
}

interface Bounds {
	readonly first: Offsets;
	readonly end: Offsets;
	/** What the group has committed. */
	readonly committed: Offsets;
	/** Where partitions begin of which the group has committed nothing; others of them at their first message. */
	readonly begin: Offsets;
}

/**
 * Where each of `partitions` is to be read from; `moved` are those of which the group's own place cannot be used, or
 * which have none yet. Tells of what is gone unread.
 */
export function startingPositions(
	partitions: readonly number[],
	{ first, end, committed, begin }: Bounds,
	onLoss: NonNullable<SubscribeOptions['onLoss']>,
): { positions: Map<number, number>; moved: Map<number, number> } {
	const positions = new Map<number, number>();
	const moved = new Map<number, number>();
	for (const partition of partitions) {
		const oldest = first.get(partition) ?? 0;
		const place = committed.get(partition);
		if (place !== undefined && place >= oldest && place <= (end.get(partition) ?? place)) {
			positions.set(partition, place);
			continue;
		}
		const position = place === undefined ? Math.max(oldest, begin.get(partition) ?? oldest) : oldest;
		positions.set(partition, position);
		moved.set(partition, position);
		if (place === undefined) continue;
		const where = `partition ${partition}`;
		if (place < oldest) {
			onLoss({
				count: oldest - place,
				reason: `Kafka deleted messages of ${where} by its retention before they were read`,
			});
		} else {
			onLoss({
				count: null,
				reason: `Kafka holds less of ${where} than was read already: the topic was made anew or lost its end`,
			});
		}
	}
	return { positions, moved };
}
