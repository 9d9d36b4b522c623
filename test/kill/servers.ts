import { Client } from 'pg';
import { startKafka } from '../lib/services/kafka';
import { startPostgres, type PostgresService } from '../lib/services/postgres';
import { startRedis } from '../lib/services/redis';
import { freePort } from '../lib/services/child-service';
import type { Disk } from './disk';
import { part, type Part, type Running } from './parts';
import type { Guard } from './start-guard';

export interface Server {
	readonly part: Part;
	readonly port: number;
}

interface Service {
	readonly pid: number;
	kill(): Promise<void>;
	stop(): Promise<void>;
}

const runningOf = ({ pid, kill, stop }: Service): Running => ({ pid, isGroup: false, kill, end: stop });

/** Has every message on disk before it says so. */
export async function redisServer(guard: Guard, disk: Disk): Promise<Server> {
	const port = await freePort();
	const launch = async () => runningOf(await startRedis({ port, dir: disk.path }));
	return { part: part(guard, 'redis', 'Redis', launch), port };
}

/** With the databases `fleet` and `n8n`. */
export interface Postgres extends Server {
	readonly access: Pick<PostgresService, 'user' | 'password'>;
	urlOf(database: string): string;
}

export async function postgresServer(guard: Guard, disk: Disk): Promise<Postgres> {
	const port = await freePort();
	const settings = ['max_wal_size=64MB', 'min_wal_size=32MB'];
	const start = async () => await startPostgres({ port, dir: disk.path, settings });
	const first = await start();
	guard.watch({ pid: first.pid, isGroup: false });
	const client = new Client(first.url);
	await client.connect();
	for (const name of ['fleet', 'n8n']) await client.query(`CREATE DATABASE ${name}`);
	await client.end();
	await first.stop();
	const { user, password } = first;
	const urlOf = (database: string) => `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;
	return {
		part: part(guard, 'postgres', 'PostgreSQL', async () => runningOf(await start())),
		port,
		urlOf,
		access: { user, password },
	};
}

/** One broker; topics get so many partitions. */
export async function kafkaServer(guard: Guard, disk: Disk, partitions: number): Promise<Server> {
	const port = await freePort();
	const settings = {
		'num.partitions': partitions,
		// What is not acknowledged within it belongs to others: as short as the run wants it.
		'group.min.session.timeout.ms': 1000,
		'log.segment.bytes': 16 << 20,
	};
	const launch = async () => runningOf(await startKafka({ port, dir: disk.path, settings }));
	return { part: part(guard, 'kafka', 'Kafka', launch), port };
}
