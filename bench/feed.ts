import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRedis } from '../test/lib/services/redis';
import { drainSide } from './lib/feed/drain-side';
import { inProcessSides } from './lib/feed/in-process-sides';
import { measureLatencies } from './lib/feed/latency';
import { startN8n } from './lib/n8n';
import { redisTriggerSide } from './lib/feed/redis-trigger-side';
import { measureInTurn, type BenchResult } from './lib/measure';

/**
 * A fleet of 10,000 vehicles under 1,000 rules: what a message costs in the process, how fast a backlog in Redis Streams
 * becomes durable (SQLite, synchronous=FULL: inbox, status, history, rules, outbox, acknowledged) beside what n8n has
 * for it, and how long a message takes to its task and to a workflow at 5,000 messages a second.
 */
export default async function benchFeed(): Promise<BenchResult> {
	const folder = await mkdtemp(join(tmpdir(), 'fleet-bench-'));
	const redis = await startRedis();
	const server = { host: redis.host, port: redis.port };
	const inProcess = await inProcessSides(folder);
	try {
		const costs = await measureInTurn(inProcess.sides);
		const n8nFolder = join(folder, 'n8n');
		const n8n = await startN8n(n8nFolder);
		try {
			const ours = await drainSide({
				what: 'Redis Streams to SQLite',
				store: { kind: 'sqlite', path: join(folder, 'drain.sqlite') },
				transport: { kind: 'redisStreams', redis: server },
			});
			const theirs = await redisTriggerSide(n8n, server);
			const drains = await measureInTurn([ours, theirs]);
			await theirs.stop();
			const latencies = await measureLatencies(n8n, server, join(n8nFolder, '.n8n', 'fleet', 'fleet.sqlite'));
			const [usual = NaN, none = NaN, all = NaN, each = NaN, together = NaN] = costs.map(
				({ perSecond }) => perSecond,
			);
			const [drained = NaN, triggered = NaN] = drains.map(({ perSecond }) => perSecond);
			const figures = {
				feed_redis_streams_msgs_s: drained,
				feed_vs_n8n_redis_trigger: drained / triggered,
				...latencies,
				feed_usual_msgs_s: usual,
				feed_steady_msgs_s: none,
				feed_firing_msgs_s: all,
				feed_vs_typeorm_each: usual / each,
				feed_vs_typeorm_together: usual / together,
			};
			return { name: 'feed', figures, rows: [...costs, ...drains] };
		} finally {
			await n8n.stop();
		}
	} finally {
		await inProcess.close();
		await redis.stop();
		await rm(folder, { recursive: true, force: true });
	}
}
