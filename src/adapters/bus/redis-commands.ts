import type Redis from 'ioredis';
import { describeRedisError } from './describe-redis-error';
import { type LiveConnection, liveConnection } from './live-connection';
import { answered, answerMsOf, openRedis, type RedisOptions } from './redis-connection';

/** The connection of a bus for whatever does not block. */
export type RedisCommands = LiveConnection<Redis>;

export function redisCommands(options: RedisOptions): RedisCommands {
	const answerMs = answerMsOf(options);
	const connection = liveConnection<Redis>({
		open: async (signal) => await openRedis(options, signal),
		isLive: ({ status }) => status === 'ready',
		drop: (redis) => redis.disconnect(),
		describe: (error) => describeRedisError(error, options),
		answerMs,
	});
	return {
		run: async (work) => await connection.run(async (redis) => await answered(redis, work(redis), answerMs)),
		repeat: async (work) =>
			await connection.repeat(async (redis) => await answered(redis, work(redis), answerMs)),
		close: connection.close,
	};
}

/** The replies of a pipeline; rejects with the first error among them. */
export async function execute(pipeline: ReturnType<Redis['pipeline']>): Promise<unknown[]> {
	const replies = (await pipeline.exec()) ?? [];
	return replies.map(([error, reply]) => {
		if (error) throw error;
		return reply;
	});
}

const CHUNK_MESSAGES = 1000;
const CHUNK_CHARACTERS = 4_000_000;

/** Slices that one pipeline takes: the server holds all the replies of one, and we all of its text. */
export function chunksOf<T extends { readonly payload: string }>(messages: readonly T[]): T[][] {
	const chunks: T[][] = [];
	let characters = Infinity;
	for (const message of messages) {
		let chunk = chunks.at(-1);
		if (!chunk || chunk.length >= CHUNK_MESSAGES || characters + message.payload.length > CHUNK_CHARACTERS) {
			chunks.push((chunk = []));
			characters = 0;
		}
		chunk.push(message);
		characters += message.payload.length;
	}
	return chunks;
}
