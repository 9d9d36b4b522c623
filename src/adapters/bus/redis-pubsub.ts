import { randomUUID } from 'node:crypto';
import type { IncomingMessage, MessageBus, SubscribeOptions } from '../../app/ports/message-bus';
import { takenOf } from './batch-bounds';
import { bell } from './bell';
import { describeRedisError } from './describe-redis-error';
import { fillBatch } from './fill-batch';
import { messageBuffer } from './message-buffer';
import { pause } from './pause';
import { chunksOf, execute, redisCommands } from './redis-commands';
import { answered, answerMsOf, openRedis, type RedisOptions } from './redis-connection';
import { DEFAULT_RETRY_MAX_MS, runSubscription, type Session } from './run-subscription';
import { subscriptionSet } from './subscription-set';
import { textOrBytes } from './text-or-bytes';

export interface RedisPubSubOptions extends RedisOptions {
	/** Messages kept in memory while a batch is worked on; default 100,000, and 64 million characters at most. */
	readonly bufferSize?: number;
	/** Longest pause between two attempts to reach the server; default 15,000. */
	readonly retryMaxMs?: number;
}

const DEFAULT_BUFFER_SIZE = 100_000;
const BUFFER_CHARACTERS = 64_000_000;
/** A silent feed and a server that vanished look alike: ask now and then. */
const PING_EVERY_MS = 5000;
/** Only a bound: arriving messages wake the reader. */
const HAND_OUT_EVERY_MS = 60_000;
const FULL = 'They came faster than they were worked on, and there was no more room for them in memory';

/**
 * Feeds as Redis channels, at most once: what is published while nobody listens, or while the connection is down, is
 * gone, and so is what a process had in memory when it ended. Every subscriber gets every message, whatever its
 * group; `from` is always `now`. A batch that is not acknowledged is delivered again from memory only.
 */
export function redisPubSubBus(options: RedisPubSubOptions): MessageBus {
	const commands = redisCommands(options);
	const subscriptions = subscriptionSet();
	return {
		publish: async (feed, messages) => {
			for (const chunk of chunksOf(messages)) {
				await commands.run(async (redis) => {
					const pipeline = redis.pipeline();
					for (const { payload } of chunk) pipeline.publish(feed, payload);
					await execute(pipeline);
				});
			}
		},
		subscribe: async (feed, subscribeOptions, onBatch) => {
			const listener = channelListener(options, feed, subscribeOptions);
			const subscription = await runSubscription(
				{
					...listener,
					describe: (error) => describeRedisError(error, options).message,
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

function channelListener(
	options: RedisPubSubOptions,
	feed: string,
	subscribe: SubscribeOptions,
): { session(session: Session): Promise<void>; lag(): Promise<number> } {
	const buffer = messageBuffer(options.bufferSize ?? DEFAULT_BUFFER_SIZE, BUFFER_CHARACTERS);
	const arrival = bell();
	const listener = randomUUID();
	let received = 0;
	let inHand = 0;

	const take = (limit: number) => {
		const count = buffer.takeDropped();
		if (count > 0) subscribe.onLoss?.({ count, reason: FULL });
		return buffer.take(limit);
	};

	const fill = async (closing: AbortSignal) => {
		const batch: IncomingMessage[] = [];
		await fillBatch(subscribe, HAND_OUT_EVERY_MS, closing, async (limit, waitMs) => {
			let taken = take(limit);
			if (taken.length === 0) {
				await arrival.wait(waitMs, closing);
				taken = take(limit);
			}
			batch.push(...taken);
			inHand = batch.length;
			return takenOf(taken);
		});
		return batch;
	};

	/** Goes on while the connection is down: what was received is handed out, the same batch until it is acknowledged. */
	const handOut = async ({ closing, deliver }: Session) => {
		while (!closing.aborted) {
			const batch = await fill(closing);
			while (batch.length > 0 && !closing.aborted && !(await deliver(batch, async () => undefined)));
			inHand = 0;
		}
	};

	let handingOut: Promise<void> | null = null;
	const listen = async (session: Session) => {
		handingOut ??= handOut(session);
		const redis = await openRedis(options, session.closing);
		const broken = new AbortController();
		redis.once('end', () => broken.abort());
		redis.on('messageBuffer', (_channel: Buffer, arrived: Buffer) => {
			received += 1;
			buffer.push({ transportId: `${listener}-${received}`, payload: textOrBytes(arrived) });
			arrival.ring();
		});
		try {
			await answered(redis, redis.subscribe(feed), answerMsOf(options));
			session.ready();
			const ended = AbortSignal.any([broken.signal, session.closing]);
			for (;;) {
				await pause(PING_EVERY_MS, ended);
				if (session.closing.aborted) return await handingOut;
				await answered(redis, redis.ping(), answerMsOf(options));
			}
		} finally {
			redis.disconnect();
		}
	};
	return { session: listen, lag: async () => buffer.size() + inHand };
}
