import type { IncomingMessage } from '../../app/ports/message-bus';
import type { Stretch } from './kafka-records';

export interface KafkaBatch {
	readonly messages: readonly IncomingMessage[];
	/** Where each of its partitions goes on when it is done. */
	readonly next: ReadonlyMap<number, number>;
}

/** What was fetched and not yet handed out, in the order in which it came. */
interface KafkaBuffer {
	readonly count: number;
	readonly bytes: number;
	/** When the oldest of it came, by the clock of `push`; null when it is empty. */
	readonly since: number | null;
	push(stretch: Stretch, now: number): void;
	/** At most `limit` messages, with all the places behind them that hold none; null when there is nothing. */
	take(limit: number): KafkaBatch | null;
}

export function kafkaBuffer(): KafkaBuffer {
	let queue: { stretch: Stretch; taken: number; at: number }[] = [];
	let count = 0;
	let bytes = 0;
	return {
		get count() {
			return count;
		},
		get bytes() {
			return bytes;
		},
		get since() {
			return queue[0]?.at ?? null;
		},
		push: (stretch, at) => {
			queue.push({ stretch, taken: 0, at });
			count += stretch.messages.length;
			bytes += stretch.bytes;
		},
		take: (limit) => {
			if (queue.length === 0) return null;
			const messages: IncomingMessage[] = [];
			const next = new Map<number, number>();
			let done = 0;
			for (const entry of queue) {
				const { stretch, taken } = entry;
				const end = Math.min(stretch.messages.length, taken + limit - messages.length);
				for (let index = taken; index < end; index += 1) messages.push(stretch.messages[index]!);
				entry.taken = end;
				if (end < stretch.messages.length) {
					if (end > taken) next.set(stretch.partition, stretch.offsets[end - 1]! + 1);
					break;
				}
				next.set(stretch.partition, stretch.next);
				bytes -= stretch.bytes;
				done += 1;
			}
			queue = queue.slice(done);
			count -= messages.length;
			return { messages, next };
		},
	};
}
