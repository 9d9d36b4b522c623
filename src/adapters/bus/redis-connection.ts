import Redis from 'ioredis';
import { SilentServerError } from './describe-network-error';
import { inTime } from './in-time';
import { tlsOptions } from './tls-options';

export interface RedisOptions {
	readonly host: string;
	readonly port: number;
	readonly username?: string;
	readonly password?: string;
	/** Number of the database; default 0. Pub/sub ignores it. */
	readonly database?: number;
	/** The server's certificate is checked, against `ca` (PEM) where it is given. */
	readonly tls?: boolean;
	readonly ca?: string;
	/** How long to wait for a connection or an answer before the server counts as away; default 5000. */
	readonly answerMs?: number;
}

const DEFAULT_ANSWER_MS = 5000;
const KEEP_ALIVE_MS = 10_000;
const LINGER_MS = 500;

/**
 * One connection, authenticated and seen to answer. It lives once: when it breaks, its commands reject, and whoever
 * needs another opens it. (The library's own reconnection resends blocked reads, which then may never settle.)
 * Rejects with what broke it: see `describeRedisError`. `signal` ends it, be it open yet or not.
 */
export async function openRedis(options: RedisOptions, signal?: AbortSignal): Promise<Redis> {
	const redis = new Redis({
		host: options.host,
		port: options.port,
		...(options.tls ? { tls: tlsOptions(options.host, options.ca) } : {}),
		lazyConnect: true,
		connectTimeout: answerMsOf(options),
		disconnectTimeout: LINGER_MS,
		keepAlive: KEEP_ALIVE_MS,
		retryStrategy: () => null,
		maxRetriesPerRequest: null,
		enableOfflineQueue: false,
		autoResendUnfulfilledCommands: false,
		enableReadyCheck: false,
		disableClientInfo: true,
	});
	let cause: unknown;
	redis.on('error', (error) => {
		cause ??= error;
	});
	const disconnect = () => redis.disconnect();
	signal?.addEventListener('abort', disconnect, { once: true });
	redis.once('end', () => signal?.removeEventListener('abort', disconnect));
	try {
		if (signal?.aborted) throw new Error('Connection is closed.');
		await redis.connect();
		await answered(redis, greet(redis, options), answerMsOf(options));
		return redis;
	} catch (error) {
		disconnect();
		throw cause ?? error;
	}
}

export function answerMsOf(options: RedisOptions): number {
	return options.answerMs ?? DEFAULT_ANSWER_MS;
}

/**
 * The reply, unless the server stays silent for `timeoutMs`: then the connection is given up, since a peer that
 * vanished leaves a socket which looks alive for minutes.
 */
export async function answered<T>(redis: Redis, reply: Promise<T>, timeoutMs: number): Promise<T> {
	try {
		return await inTime(reply, timeoutMs);
	} catch (error) {
		if (error instanceof SilentServerError) redis.disconnect();
		throw error;
	}
}

async function greet(redis: Redis, options: RedisOptions): Promise<void> {
	if (options.password) {
		const credentials: [string, string] | [string] = options.username
			? [options.username, options.password]
			: [options.password];
		await redis.call('AUTH', ...credentials).catch((error: unknown) => {
			// A server without passwords lets everybody in, also who brings one.
			if (!/no password is set|without any password configured/.test(String(error))) throw error;
		});
	}
	if (options.database) await redis.select(options.database);
	await redis.ping();
}
