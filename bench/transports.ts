import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoreOptions } from '../src/adapters/store/open-store';
import { startKafka } from '../test/lib/services/kafka';
import { startPostgres } from '../test/lib/services/postgres';
import { startRedis } from '../test/lib/services/redis';
import { drainSide } from './lib/feed/drain-side';
import { workerSide } from './lib/feed/worker-side';
import { measureInTurn, type BenchResult } from './lib/measure';

/**
 * The same backlog as in the benchmark `feed` over the other transports and into PostgreSQL (fsync on), and shared by
 * one and by two worker processes. All servers run on this machine: what they take of its cores is missing elsewhere.
 */
export default async function benchTransports(): Promise<BenchResult> {
	const folder = await mkdtemp(join(tmpdir(), 'fleet-bench-'));
	const redis = await startRedis();
	const kafka = await startKafka();
	const postgres = await startPostgres({ settings: ['fsync=on'] });
	const sqlite = (name: string): StoreOptions => ({ kind: 'sqlite', path: join(folder, `${name}.sqlite`) });
	const server = { host: redis.host, port: redis.port };
	try {
		const drains = await measureInTurn([
			await drainSide({
				what: 'Embedded to SQLite',
				store: sqlite('embedded'),
				transport: { kind: 'embedded' },
			}),
			await drainSide({
				what: 'Kafka to SQLite',
				store: sqlite('kafka'),
				transport: { kind: 'kafka', kafka: { brokers: [kafka.broker] } },
			}),
			await drainSide({
				what: 'Redis Streams to PostgreSQL',
				store: { kind: 'postgres', url: postgres.url },
				transport: { kind: 'redisStreams', redis: server },
				messages: 100_000,
			}),
		]);
		const servers = { folder, url: postgres.url, redis: server };
		const workers = await measureInTurn([workerSide(1, servers), workerSide(2, servers)]);
		const [embedded = NaN, overKafka = NaN, intoPostgres = NaN] = drains.map(({ perSecond }) => perSecond);
		const [one = NaN, two = NaN] = workers.map(({ perSecond }) => perSecond);
		const figures = {
			feed_embedded_msgs_s: embedded,
			feed_kafka_msgs_s: overKafka,
			feed_postgres_msgs_s: intoPostgres,
			feed_one_worker_msgs_s: one,
			feed_two_workers_msgs_s: two,
			feed_two_workers_vs_one: two / one,
		};
		return { name: 'transports', figures, rows: [...drains, ...workers] };
	} finally {
		await kafka.stop();
		await redis.stop();
		await postgres.stop();
		await rm(folder, { recursive: true, force: true });
	}
}
