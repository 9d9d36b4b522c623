import type { IncomingMessage } from '../../app/ports/message-bus';
import type { Reader } from './kafka-client';
import { textOrBytes } from './text-or-bytes';

type Partition = Awaited<ReturnType<Reader['fetch']>>['responses'][number]['partitions'][number];

/** A stretch of a partition: its messages in order, and where the partition goes on behind them. */
export interface Stretch {
	readonly partition: number;
	readonly messages: readonly IncomingMessage[];
	/** Of each message: its offset. */
	readonly offsets: readonly number[];
	readonly next: number;
	readonly bytes: number;
}

const IS_CONTROL = 1 << 5;

/**
 * What a broker sent of a partition from `position` on. Null values, which mark deletions, are passed over. Messages go
 * by the topic's own id, since one that is deleted and made anew under its name counts from 0 again.
 */
export function stretchOf(
	topicId: string,
	{ partitionIndex, records }: Partition,
	position: number,
): Stretch {
	const messages: IncomingMessage[] = [];
	const offsets: number[] = [];
	let next = position;
	let bytes = 0;
	for (const batch of records ?? []) {
		const firstOffset = Number(batch.firstOffset);
		next = Math.max(next, firstOffset + batch.lastOffsetDelta + 1);
		if (batch.attributes & IS_CONTROL) continue;
		for (const { offsetDelta, value } of batch.records) {
			const offset = firstOffset + offsetDelta;
			// A batch comes whole, also when it began before the position.
			if (offset < position || value === null) continue;
			offsets.push(offset);
			messages.push({
				transportId: `${topicId}-${partitionIndex}-${offset}`,
				payload: textOrBytes(value),
			});
			bytes += value.length;
		}
	}
	return { partition: partitionIndex, messages, offsets, next, bytes };
}
