import type Redis from 'ioredis';
import { randomUUID } from 'node:crypto';
import { BusUnavailableError } from '../../app/errors';
import { describeRedisError } from './describe-redis-error';
import { answered, answerMsOf, openRedis, type RedisOptions } from './redis-connection';

const OLDEST = [6, 2];

/**
 * Connects once, tries what feeds need, and says what is there, e.g. `Redis 7.0.15 at localhost:6379`. Rejects with
 * `BusUnavailableError`, which tells refused, unknown host, TLS, wrong password, "not a Redis", one that is too old
 * and a user without the rights apart.
 */
export async function checkRedis(options: RedisOptions): Promise<string> {
	const where = `${options.host}:${options.port}`;
	try {
		const redis = await openRedis(options);
		try {
			const version = await answered(redis, versionOf(redis), answerMsOf(options));
			if (version && isOlder(version)) throw tooOld(version, where);
			await answered(redis, tryStream(redis), answerMsOf(options));
			return `Redis${version ? ` ${version}` : ''} at ${where}`;
		} finally {
			redis.disconnect();
		}
	} catch (error) {
		if (error instanceof BusUnavailableError) throw error;
		const { message, hint } = describeRedisError(error, options);
		throw new BusUnavailableError(message, hint, { cause: error });
	}
}

/** Null where the user may not ask. */
async function versionOf(redis: Redis): Promise<string | null> {
	const info = await redis.info('server').catch(() => '');
	return /redis_version:(\S+)/.exec(info)?.[1] ?? null;
}

function isOlder(version: string): boolean {
	const [major = 0, minor = 0] = version.split('.').map(Number);
	const [oldestMajor = 0, oldestMinor = 0] = OLDEST;
	return major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
}

function tooOld(version: string, where: string): BusUnavailableError {
	return new BusUnavailableError(
		`Redis ${version} at ${where} is too old for streams that are shared`,
		`Update it: Redis ${OLDEST.join('.')} or newer is needed.`,
	);
}

const TRY_SCRIPT = `
redis.call('SET', KEYS[2], redis.call('TIME')[1], 'PX', 1000)
redis.call('ZADD', KEYS[3], 1, redis.call('GET', KEYS[2]))
redis.call('PEXPIRE', KEYS[3], 1000)
redis.call('XGROUP', 'SETID', KEYS[1], 'fleet', '$')`;

/** What reading and publishing a stream takes, on a stream that is gone afterwards. */
async function tryStream(redis: Redis): Promise<void> {
	const stream = `fleet:check:${randomUUID()}`;
	const others = [`${stream}:lease`, `${stream}:members`];
	try {
		await redis.xadd(stream, '*', 'payload', '');
		await redis.xgroup('CREATE', stream, 'fleet', '0');
		await redis.xread('COUNT', 1, 'STREAMS', stream, '0');
		await redis.xinfo('GROUPS', stream);
		await redis.eval(TRY_SCRIPT, 3, stream, ...others);
	} finally {
		await redis.del(stream, ...others).catch(() => undefined);
	}
}
