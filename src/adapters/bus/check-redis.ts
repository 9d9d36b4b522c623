import { BusUnavailableError } from '../../app/errors';
import { describeRedisError } from './describe-redis-error';
import { answered, answerMsOf, openRedis, type RedisOptions } from './redis-connection';

/**
 * Connects once and says what is there, e.g. `Redis 7.0.15 at localhost:6379`. Rejects with `BusUnavailableError`,
 * which tells refused, unknown host, TLS, wrong password and "not a Redis" apart.
 */
export async function checkRedis(options: RedisOptions): Promise<string> {
	try {
		const redis = await openRedis(options);
		try {
			const info = await answered(
				redis,
				redis.info('server').catch(() => ''),
				answerMsOf(options),
			);
			const version = /redis_version:(\S+)/.exec(info)?.[1];
			return `Redis${version ? ` ${version}` : ''} at ${options.host}:${options.port}`;
		} finally {
			redis.disconnect();
		}
	} catch (error) {
		const { message, hint } = describeRedisError(error, options);
		throw new BusUnavailableError(message, hint, { cause: error });
	}
}
