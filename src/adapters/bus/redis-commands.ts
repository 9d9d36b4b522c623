import type Redis from 'ioredis';
import { BusUnavailableError } from '../../app/errors';
import { describeRedisError } from './describe-redis-error';
import { backoffMs, pause } from './pause';
import { answered, answerMsOf, openRedis, type RedisOptions } from './redis-connection';

const RETRY_MAX_MS = 1000;

/** The connection of a bus for whatever does not block; opened when it is needed, and anew after it broke. */
export interface RedisCommands {
	/**
	 * Runs `work` on a live connection. A server that is away is waited for, `answerMs` at most; once `work` has
	 * begun, it is not begun again. Rejects with `BusUnavailableError`.
	 */
	run<T>(work: (redis: Redis) => Promise<T>): Promise<T>;
	/** The same for work that may be done twice: it is begun again when the connection breaks under it. */
	repeat<T>(work: (redis: Redis) => Promise<T>): Promise<T>;
	/** Ends the connection and whatever runs on it. */
	close(): void;
}

export function redisCommands(options: RedisOptions): RedisCommands {
	const closing = new AbortController();
	let opening: Promise<Redis> | null = null;

	const connect = async (): Promise<Redis> => {
		const mine = (opening ??= openRedis(options, closing.signal));
		try {
			const redis = await mine;
			if (redis.status === 'ready' && !closing.signal.aborted) return redis;
			redis.disconnect();
		} catch (error) {
			if (opening === mine) opening = null;
			throw error;
		}
		if (opening === mine) opening = null;
		if (closing.signal.aborted) throw closedError();
		return await connect();
	};

	/** Attempts until it succeeds, the settings prove wrong, or time is up. */
	const inTime = async <T>(attempt: () => Promise<T>): Promise<T> => {
		const deadline = Date.now() + answerMsOf(options);
		for (let attempts = 1; ; attempts += 1) {
			if (closing.signal.aborted) throw closedError();
			try {
				return await attempt();
			} catch (error) {
				if (!describeRedisError(error, options).isTransient || Date.now() >= deadline) throw error;
			}
			await pause(backoffMs(attempts, RETRY_MAX_MS), closing.signal);
		}
	};

	const explained = async <T>(work: () => Promise<T>): Promise<T> => {
		try {
			return await work();
		} catch (error) {
			if (error instanceof BusUnavailableError) throw error;
			const { message, hint } = describeRedisError(error, options);
			throw new BusUnavailableError(message, hint, { cause: error });
		}
	};

	const perform = async <T>(redis: Redis, work: (redis: Redis) => Promise<T>): Promise<T> =>
		await answered(redis, work(redis), answerMsOf(options));

	return {
		run: async (work) => await explained(async () => await perform(await inTime(connect), work)),
		repeat: async (work) =>
			await explained(async () => await inTime(async () => await perform(await connect(), work))),
		close: () => closing.abort(),
	};
}

function closedError(): BusUnavailableError {
	return new BusUnavailableError('The bus is closed', 'Open a new one.');
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
