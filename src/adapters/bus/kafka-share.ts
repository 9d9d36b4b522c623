import type { SubscribeOptions } from '../../app/ports/message-bus';
import { bell } from './bell';
import { type KafkaBatch, kafkaBuffer } from './kafka-buffer';
import { PARTITION_BYTES, type Reader } from './kafka-client';
import { isAnswer, isPassing } from './kafka-errors';
import type { Share } from './kafka-member';
import { stretchOf } from './kafka-records';
import { pause } from './pause';
import type { Session } from './run-subscription';

/** Of what waits to be handed out: beyond that nothing more is fetched. */
const BUFFER_BYTES = 16 * 1024 * 1024;
/** Only a bound: arriving messages wake the reader. */
const WAKE_MS = 60_000;
const RETRY_MS = 200;

interface ShareReading {
	readonly reader: Reader;
	readonly feed: string;
	readonly share: Share;
	/** Where its partitions go on; moves with what is fetched. */
	readonly positions: Map<number, number>;
	/** How long brokers that are there may be unable to answer. */
	readonly patienceMs: number;
}

/** `lost`: the feed does not hold a position any more. `replaced`: it is another topic of that name by now. */
export type ShareEnd = 'ended' | 'lost' | 'replaced';

/**
 * Reads a share until it, or the session, ends, or its positions are to be found anew; what is in hand then is waited
 * for. Rejects when the brokers cannot be read.
 */
export async function readShare(
	reading: ShareReading,
	{ batchSize, lingerMs = 0 }: SubscribeOptions,
	{ closing, deliver }: Session,
): Promise<ShareEnd> {
	const { share } = reading;
	const stop = AbortSignal.any([share.ended, closing]);
	const buffer = kafkaBuffer();
	const wake = bell();
	const fetches = fetcher(reading, stop, wake.ring);

	const handOut = async ({ messages, next }: KafkaBatch) => {
		// To pass over messages that say nothing is no effect that could be lost: the next reader does it again.
		if (messages.length === 0) return await share.commit(next).catch(() => undefined);
		while (!stop.aborted && !(await deliver(messages, async () => await share.commit(next))));
	};

	while (!stop.aborted) {
		for (const stretch of fetches.take()) buffer.push(stretch, Date.now());
		const { count, bytes, since } = buffer;
		const isFull = count >= batchSize || bytes >= BUFFER_BYTES;
		if (count < 2 * batchSize && bytes < BUFFER_BYTES) void fetches.start();
		const waitMs = isFull || count === 0 ? 0 : (since ?? 0) + lingerMs - Date.now();
		const batch = waitMs <= 0 ? buffer.take(batchSize) : null;
		if (batch !== null) {
			await handOut(batch);
			continue;
		}
		if (fetches.failure !== null) {
			if (isAnswer(fetches.failure.error, 'OFFSET_OUT_OF_RANGE')) return 'lost';
			if (fetches.failure.error instanceof TopicReplacedError) return 'replaced';
			throw fetches.failure.error;
		}
		await wake.wait(waitMs > 0 ? waitMs : WAKE_MS, stop);
	}
	return 'ended';
}

class TopicReplacedError extends Error {}

/** Fetches ahead, one answer of each broker at a time. */
function fetcher({ reader, feed, positions, patienceMs }: ShareReading, stop: AbortSignal, ring: () => void) {
	const busy = new Set<number>();
	let arrived: ReturnType<typeof stretchOf>[] = [];
	let failure: { readonly error: unknown } | null = null;
	let failingSince: number | null = null;
	let isStarting = false;
	let firstTopicId: string | undefined;

	const fetchFrom = async (node: number, topicId: string, asked: ReadonlyMap<number, number>) => {
		const partitions = [...asked].map(([partition, position]) => ({
			partition,
			fetchOffset: BigInt(position),
			partitionMaxBytes: PARTITION_BYTES,
			currentLeaderEpoch: -1,
			lastFetchedEpoch: -1,
		}));
		const { responses } = await reader.fetch({ node, topics: [{ topicId, partitions }] });
		for (const partition of responses.flatMap((response) => response.partitions)) {
			const position = asked.get(partition.partitionIndex);
			if (position === undefined || positions.get(partition.partitionIndex) !== position) continue;
			const stretch = stretchOf(topicId, partition, position);
			if (stretch.next === position) continue;
			positions.set(stretch.partition, stretch.next);
			arrived.push(stretch);
		}
	};

	/** By leader, of those whose leader is not busy. */
	const plan = async () => {
		const metadata = await reader.metadata({ topics: [feed] });
		const topic = metadata.topics.get(feed);
		firstTopicId ??= topic?.id;
		if (topic !== undefined && topic.id !== firstTopicId) throw new TopicReplacedError();
		const byNode = new Map<number, Map<number, number>>();
		for (const [partition, position] of positions) {
			const node = topic?.partitions[partition]?.leader ?? -1;
			if (busy.has(node)) continue;
			const asked = byNode.get(node) ?? new Map<number, number>();
			byNode.set(node, asked.set(partition, position));
		}
		return { topicId: topic?.id ?? '', byNode };
	};

	/** What a cluster says in passing, while a leader moves, is not told before it has lasted. */
	const note = async (error: unknown) => {
		failingSince ??= Date.now();
		const isLost = isAnswer(error, 'OFFSET_OUT_OF_RANGE');
		if (isLost || !isPassing(error) || Date.now() - failingSince >= patienceMs) failure ??= { error };
		reader.clearMetadata();
		await pause(RETRY_MS, stop);
	};

	return {
		get failure() {
			return failure;
		},
		take: () => {
			const taken = arrived;
			arrived = [];
			return taken;
		},
		start: async () => {
			if (isStarting || failure !== null || positions.size === 0) return;
			isStarting = true;
			try {
				const { topicId, byNode } = await plan();
				for (const [node, asked] of byNode) {
					busy.add(node);
					void fetchFrom(node, topicId, asked)
						.then(() => (failingSince = null), note)
						.then(() => {
							busy.delete(node);
							ring();
						});
				}
			} catch (error) {
				await note(error);
				isStarting = false;
				ring();
			}
			isStarting = false;
		},
	};
}
