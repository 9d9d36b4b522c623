import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { embeddedBus } from '../../../src/adapters/bus/embedded';
import { redisPubSubBus } from '../../../src/adapters/bus/redis-pubsub';
import { redisStreamsBus } from '../../../src/adapters/bus/redis-streams';
import { type Database, openDatabase } from '../../../src/adapters/store/database';
import type { MessageBus } from '../../../src/app/ports/message-bus';
import { startPostgres } from '../../lib/services/postgres';
import { describeWith, startRedis, type RedisOptions, type RedisService } from '../../lib/services/redis';

/** A transport under test, and what it promises. */
export interface Transport {
	readonly name: string;
	readonly needs: 'redis' | 'postgres' | null;
	/** Keeps what nobody has acknowledged, over restarts of subscribers and servers. */
	readonly isDurable: boolean;
	/** Subscribers of one group share its messages. */
	readonly sharesGroups: boolean;
	start(): Promise<Rig>;
}

export interface Rig {
	/** A bus as another process would open it. */
	open(): MessageBus;
	stop(): Promise<void>;
}

type OpenRedisBus = (server: {
	host: string;
	port: number;
	retryMaxMs: number;
	answerMs: number;
}) => MessageBus;

export const STREAMS: OpenRedisBus = (server) => redisStreamsBus({ ...server, claimIdleMs: 600 });
export const PUB_SUB: OpenRedisBus = (server) => redisPubSubBus(server);

export const TRANSPORTS: readonly Transport[] = [
	{ name: 'embedded', needs: null, isDurable: true, sharesGroups: true, start: sqliteRig },
	{
		name: 'embedded on PostgreSQL',
		needs: 'postgres',
		isDurable: true,
		sharesGroups: true,
		start: postgresRig,
	},
	{
		name: 'redis-streams',
		needs: 'redis',
		isDurable: true,
		sharesGroups: true,
		start: async () => await redisRig(STREAMS),
	},
	{
		name: 'redis-pubsub',
		needs: 'redis',
		isDurable: false,
		sharesGroups: false,
		start: async () => await redisRig(PUB_SUB),
	},
];

/** Fast to give up and to come back, as tests like it. */
export const QUICK = { retryMaxMs: 200, answerMs: 2000 };

export function describeTransports(tests: (transport: Transport) => void): void {
	for (const transport of TRANSPORTS) {
		if (transport.needs) describeWith(transport.needs, transport.name, () => tests(transport));
		else describe(transport.name, () => tests(transport));
	}
}

async function sqliteRig(): Promise<Rig> {
	const dir = await mkdtemp(join(tmpdir(), 'fleet-bus-'));
	const database = await openDatabase({ kind: 'sqlite', path: join(dir, 'bus.sqlite') });
	return embeddedRig(database, async () => await rm(dir, { recursive: true, force: true }));
}

async function postgresRig(): Promise<Rig> {
	const { url, stop } = await startPostgres();
	return embeddedRig(await openDatabase({ kind: 'postgres', url }), stop);
}

function embeddedRig(database: Database, cleanUp: () => Promise<void>): Rig {
	return {
		open: () => embeddedBus(database, { leaseMs: 1000 }),
		stop: async () => {
			await database.close();
			await cleanUp();
		},
	};
}

async function redisRig(openBus: OpenRedisBus): Promise<Rig> {
	const redis = await startRedis();
	return { open: () => openBus({ host: redis.host, port: redis.port, ...QUICK }), stop: redis.stop };
}

/** Redis servers one after the other on one port and folder, each going on with what the last one wrote. */
export async function durableRedis(): Promise<{
	start(options?: RedisOptions): Promise<RedisService>;
	clean(): Promise<void>;
}> {
	const dir = await mkdtemp(join(tmpdir(), 'fleet-redis-aof-'));
	let last: RedisService | undefined;
	return {
		start: async (options) => {
			last = await startRedis({ dir, ...(last ? { port: last.port } : {}), ...options });
			return last;
		},
		clean: async () => {
			await last?.kill();
			await rm(dir, { recursive: true, force: true });
		},
	};
}
