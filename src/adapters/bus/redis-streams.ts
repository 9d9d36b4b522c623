import type Redis from 'ioredis';
import type {
	MessageBus,
	OutgoingMessage,
	SubscribeOptions,
	Subscription,
} from '../../app/ports/message-bus';
import { defaultConsumer, takeConsumerName } from './consumer-names';
import { describeRedisError } from './describe-redis-error';
import { chunksOf, execute, redisCommands, type RedisCommands } from './redis-commands';
import { answerMsOf, openRedis, type RedisOptions } from './redis-connection';
import { DEFAULT_RETRY_MAX_MS, runSubscription, type Session } from './run-subscription';
import {
	createGroup,
	isGroupGone,
	keepHold,
	readNew,
	readPending,
	type StreamConsumer,
	type StreamEntries,
	takeOver,
} from './stream-consumer';
import { subscriptionSet } from './subscription-set';

export interface RedisStreamsOptions extends RedisOptions {
	/**
	 * Streams are trimmed to about this many messages when one is published, read or not. Default: never, since
	 * a message that nobody has read would be lost.
	 */
	readonly maxLength?: number;
	/**
	 * Name of this process in its groups. Default: the host's name; give processes on one host that share a group
	 * names of their own, which stay the same when they are restarted.
	 */
	readonly consumer?: string;
	/** What another consumer was given and has left alone for so long is taken over; default 60,000. */
	readonly claimIdleMs?: number;
	/** Longest pause between two attempts to reach the server; default 15,000. */
	readonly retryMaxMs?: number;
}

const DEFAULT_CLAIM_IDLE_MS = 60_000;
/** Bounds how long a server that vanished stays unnoticed: this and the time for an answer. */
const BLOCK_MS = 2000;

/** Feeds as Redis Streams, one stream each: durable as the Redis is, groups share a feed. Needs Redis 6.2. */
export function redisStreamsBus(options: RedisStreamsOptions): MessageBus {
	const commands = redisCommands(options);
	const subscriptions = subscriptionSet();
	return {
		publish: async (feed, messages) => {
			for (const chunk of chunksOf(messages)) {
				await commands.run(async (redis) => await add(redis, feed, chunk, options.maxLength));
			}
		},
		subscribe: async (feed, subscribeOptions, onBatch) => {
			const { group } = subscribeOptions;
			const scope = JSON.stringify([options.host, options.port, options.database ?? 0, feed, group]);
			const consumer = takeConsumerName(scope, options.consumer ?? defaultConsumer());
			const reader = streamReader(
				options,
				{ feed, group, name: consumer.name, answerMs: answerMsOf(options) },
				subscribeOptions,
				commands,
			);
			const subscription = await runSubscription(
				{
					session: reader,
					describe: (error) => describeRedisError(error, options).message,
					retryMaxMs: options.retryMaxMs ?? DEFAULT_RETRY_MAX_MS,
				},
				subscribeOptions,
				onBatch,
			);
			return subscriptions.add(releasing(subscription, consumer.release));
		},
		close: async () => {
			await subscriptions.close();
			commands.close();
		},
	};
}

function releasing(subscription: Subscription, release: () => void): Subscription {
	return {
		lag: subscription.lag,
		close: async (drainMs) => await subscription.close(drainMs).finally(release),
	};
}

async function add(redis: Redis, feed: string, messages: readonly OutgoingMessage[], maxLength?: number) {
	const pipeline = redis.pipeline();
	for (const { key, payload } of messages) {
		const fields = ['key', key, 'payload', payload];
		if (maxLength === undefined) pipeline.xadd(feed, '*', ...fields);
		else pipeline.xadd(feed, 'MAXLEN', '~', maxLength, '*', ...fields);
	}
	await execute(pipeline);
}

/** Reads on a connection of its own, since a blocked one answers nobody else; acknowledges on the bus's. */
function streamReader(
	options: RedisStreamsOptions,
	consumer: StreamConsumer,
	{ batchSize, from }: SubscribeOptions,
	commands: RedisCommands,
): (session: Session) => Promise<void> {
	const claimIdleMs = options.claimIdleMs ?? DEFAULT_CLAIM_IDLE_MS;
	// A group that vanishes later took with it what was read: whatever the stream holds then is new.
	let groupBegins = from;

	const ack = async (ids: readonly string[]) => {
		await commands.repeat(async (redis) => await redis.xack(consumer.feed, consumer.group, ...ids));
	};

	const read = async (redis: Redis, { closing, ready, deliver }: Session) => {
		await createGroup(redis, consumer, groupBegins);
		groupBegins = 'start';
		let mayHavePending = true;
		let takeOverAt = 0;
		while (!closing.aborted) {
			if (Date.now() >= takeOverAt) {
				const taken = await takeOver(redis, consumer, claimIdleMs, batchSize);
				mayHavePending ||= taken > 0;
				takeOverAt = taken < batchSize ? Date.now() + claimIdleMs / 2 : 0;
			}
			const { messages, ids }: StreamEntries = mayHavePending
				? await readPending(redis, consumer, batchSize)
				: await readNew(redis, consumer, batchSize, Math.min(BLOCK_MS, claimIdleMs / 2));
			ready();
			if (ids.length === 0) mayHavePending = false;
			else if (messages.length === 0) await ack(ids);
			else {
				const holding = holdOn(consumer, ids, commands, claimIdleMs);
				const isAcked = await deliver(messages, async () => await ack(ids)).finally(holding.end);
				mayHavePending = !isAcked || mayHavePending;
			}
		}
	};

	return async (session) => {
		const redis = await openRedis(options, session.closing);
		try {
			await readWhileGroupLasts(async () => await read(redis, session));
		} finally {
			redis.disconnect();
		}
	};
}

async function readWhileGroupLasts(read: () => Promise<void>): Promise<void> {
	for (;;) {
		try {
			return await read();
		} catch (error) {
			if (!isGroupGone(error)) throw error;
		}
	}
}

/** While a batch is worked on nobody takes it over, however long that lasts, as long as this process lives. */
function holdOn(
	consumer: StreamConsumer,
	ids: readonly string[],
	commands: RedisCommands,
	claimIdleMs: number,
): { end: () => void } {
	const timer = setInterval(() => {
		// Failing is harmless: it is tried again, and at worst the batch is delivered twice.
		commands.run(async (redis) => await keepHold(redis, consumer, ids)).catch(() => undefined);
	}, claimIdleMs / 3);
	return { end: () => clearInterval(timer) };
}
