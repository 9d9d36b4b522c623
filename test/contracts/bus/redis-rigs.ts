import Redis from 'ioredis';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TransportOptions } from '../../../src/adapters/bus/open-bus';
import { redisPubSubBus } from '../../../src/adapters/bus/redis-pubsub';
import { redisStreamsBus } from '../../../src/adapters/bus/redis-streams';
import type { MessageBus } from '../../../src/app/ports/message-bus';
import { readerBus } from '../../../src/runner/reader-bus';
import { freePort } from '../../lib/services/child-service';
import { startRedis, type RedisService } from '../../lib/services/redis';
import { startProxy } from './proxy';
import type { OutageRig, Rig } from './transports';

interface Server {
	readonly host: string;
	readonly port: number;
	readonly retryMaxMs: number;
	readonly answerMs: number;
}

/** One of the two ways to carry a feed over Redis. */
export interface RedisKind {
	open(server: Server): MessageBus;
	forProcess(server: Server): TransportOptions;
	publishBytes(redis: Redis, feed: string, payload: Buffer): Promise<unknown>;
}

/** Fast to give up and to come back, as tests like it. */
export const QUICK = { retryMaxMs: 200, answerMs: 2000 };

export const STREAMS: RedisKind = {
	open: (server) => redisStreamsBus({ ...server, leaseMs: 1000 }),
	forProcess: (redis) => ({ kind: 'redisStreams', redis: { ...redis, leaseMs: 1000 } }),
	publishBytes: async (redis, feed, payload) => await redis.xadd(feed, '*', 'payload', payload),
};

/** As a feed's own thread and the worker read it. */
export const STREAMS_BY_THREAD: RedisKind = {
	...STREAMS,
	open: (server) => readerBus({ kind: 'redisStreams', redis: { ...server, leaseMs: 1000 } }),
};

export const PUB_SUB: RedisKind = {
	open: redisPubSubBus,
	forProcess: (redis) => ({ kind: 'redisPubSub', redis }),
	publishBytes: async (redis, feed, payload) => await redis.publish(feed, payload),
};

export async function redisRig(kind: RedisKind): Promise<Rig> {
	const redis = await startRedis();
	const server = { host: redis.host, port: redis.port, ...QUICK };
	return {
		open: () => kind.open(server),
		// Nothing of a bus on Redis lies in the store.
		forProcess: { transport: kind.forProcess(server), store: { kind: 'sqlite', path: ':memory:' } },
		publishBytes: async (feed, payload) => {
			const shell = new Redis(server.port, server.host);
			await kind.publishBytes(shell, feed, Buffer.from(payload)).finally(() => shell.disconnect());
		},
		stop: redis.stop,
	};
}

/** Redis writes through to its disk, so that each goes on with what the last one wrote. */
export async function redisOutage(kind: RedisKind, network: 'direct' | 'proxied'): Promise<OutageRig> {
	const dir = await mkdtemp(join(tmpdir(), 'fleet-redis-aof-'));
	const server = { host: '127.0.0.1', port: await freePort() };
	const proxy = network === 'proxied' ? await startProxy(server) : null;
	let running: RedisService | undefined;
	return {
		startServer: async () => {
			running = await startRedis({ dir, port: server.port });
		},
		killServer: async () => await running?.kill(),
		open: (options) => {
			const { host, port } = proxy ?? server;
			return kind.open({ host, port, ...QUICK, ...options });
		},
		mute: () => proxy?.mute(),
		unmute: () => proxy?.unmute(),
		clean: async () => {
			await proxy?.stop();
			await running?.kill();
			await rm(dir, { recursive: true, force: true });
		},
	};
}
