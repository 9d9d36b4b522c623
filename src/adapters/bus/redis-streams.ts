import type Redis from 'ioredis';
import { BusUnavailableError } from '../../app/errors';
import type { MessageBus, OutgoingMessage } from '../../app/ports/message-bus';
import { describeRedisError } from './describe-redis-error';
import { chunksOf, execute, redisCommands, type RedisCommands } from './redis-commands';
import type { RedisOptions } from './redis-connection';
import { DEFAULT_RETRY_MAX_MS, runSubscription } from './run-subscription';
import { checkedPartitions, type GroupKeys, groupKeys, partitionOf, streamsOf } from './stream-keys';
import { streamReader } from './stream-reader';
import { groupState, streamState, waitingEntries } from './stream-state';
import { subscriptionSet } from './subscription-set';

export interface RedisStreamsOptions extends RedisOptions {
	/**
	 * How many streams the feed is spread over, by the keys of its messages, so that so many subscribers of a group can
	 * share it; the same for all who publish or read it. Default 1: the stream that has the feed's name.
	 */
	readonly partitions?: number;
	/**
	 * Streams are trimmed to about this many messages when one is published, read or not. Default: never, since
	 * a message that nobody has read would be lost.
	 */
	readonly maxLength?: number;
	/** How long a subscriber that died keeps its partitions from others; default 10,000. */
	readonly leaseMs?: number;
	/** Longest pause between two attempts to reach the server; default 15,000. */
	readonly retryMaxMs?: number;
}

const DEFAULT_LEASE_MS = 10_000;

/**
 * Feeds as Redis Streams: durable as the Redis is. Each stream of a group is read by one subscriber at a time, under a
 * lease, so that the order of each key is kept; the others wait to take over. How far a group is, is what it has
 * acknowledged: its `last-delivered-id`. Needs Redis 6.2.
 */
export function redisStreamsBus(options: RedisStreamsOptions): MessageBus {
	const commands = redisCommands(options);
	const subscriptions = subscriptionSet();
	const partitions = checkedPartitions(options.partitions ?? 1);
	return {
		publish: async (feed, messages) => {
			const streams = streamsOf(feed, partitions);
			for (const chunk of chunksOf(messages)) {
				await commands.run(async (redis) => await add(redis, streams, chunk, options.maxLength));
			}
		},
		subscribe: async (feed, subscribeOptions, onBatch) => {
			const keys = groupKeys(feed, subscribeOptions.group, partitions);
			const reader = { ...options, leaseMs: options.leaseMs ?? DEFAULT_LEASE_MS };
			const subscription = await runSubscription(
				{
					session: streamReader(reader, feed, keys, subscribeOptions, commands),
					describe: (error) =>
						error instanceof BusUnavailableError ? error.message : describeRedisError(error, options).message,
					lag: async () => await groupLag(commands, keys, subscribeOptions.group),
					retryMaxMs: options.retryMaxMs ?? DEFAULT_RETRY_MAX_MS,
				},
				subscribeOptions,
				onBatch,
			);
			return subscriptions.add(subscription);
		},
		close: async () => {
			await subscriptions.close();
			commands.close();
		},
	};
}

async function add(
	redis: Redis,
	streams: readonly string[],
	messages: readonly OutgoingMessage[],
	maxLength?: number,
): Promise<void> {
	const pipeline = redis.pipeline();
	for (const { key, payload } of messages) {
		const stream = streams[partitionOf(key, streams.length)] ?? '';
		const fields = ['key', key, 'payload', payload];
		if (maxLength === undefined) pipeline.xadd(stream, '*', ...fields);
		else pipeline.xadd(stream, 'MAXLEN', '~', maxLength, '*', ...fields);
	}
	await execute(pipeline);
}

/** What the group has not acknowledged in all partitions; null while it is not there. */
async function groupLag(commands: RedisCommands, keys: GroupKeys, group: string): Promise<number | null> {
	return await commands.run(async (redis) => {
		let waiting = 0;
		for (const { stream } of keys.partitions) {
			const state = await streamState(redis, stream);
			if (!state) continue;
			const one = await groupState(redis, stream, group);
			if (!one) return null;
			waiting += waitingEntries(state, one);
		}
		return waiting;
	});
}
