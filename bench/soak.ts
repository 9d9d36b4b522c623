import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Redis from 'ioredis';
import { redisStreamsBus } from '../src/adapters/bus/redis-streams';
import { openStore } from '../src/adapters/store/open-store';
import { pruneFleet } from '../src/app/retention/prune-fleet';
import { startRedis } from '../test/lib/services/redis';
import { addFleet, messageSource } from './lib/feed/workload';
import { median, type BenchResult } from './lib/measure';

const DEFAULT_MINUTES = 20;
const FEED = 'bench.soak';
const AT_ONCE = 2000;
/** Unread messages, at most: the worker never waits for us, and Redis stays small. */
const BACKLOG = 20_000;
const SAMPLE_EVERY_MS = 2000;
const PRUNE_EVERY_MS = 60_000;
/** Cleaning up keeps a day at least: its clock is ahead, so that of this day three minutes are left. */
const CLOCK_AHEAD_MS = 86_400_000 - 180_000;

/**
 * The worker command at its full rate, over Redis Streams on SQLite, history and inbox pruned to three minutes beside
 * it: whether its memory stays where it is. `FLEET_SOAK_MINUTES` says for how long, default 20.
 */
export default async function benchSoak(): Promise<BenchResult> {
	const minutes = Number(process.env.FLEET_SOAK_MINUTES ?? DEFAULT_MINUTES);
	const folder = await mkdtemp(join(tmpdir(), 'fleet-bench-'));
	const path = join(folder, 'soak.sqlite');
	const redis = await startRedis();
	const store = await openStore({ kind: 'sqlite', path });
	await addFleet(store);
	const address = `redis://${redis.host}:${redis.port}`;
	const worker = spawn(
		process.execPath,
		['dist/cli.js', 'worker', '--store', path, '--redis', address, '--feed', FEED, '--group', 'bench'],
		{ stdio: ['ignore', 'ignore', 'inherit'] },
	);
	const until = Date.now() + minutes * 60_000;
	try {
		const pruning = (async () => {
			const fleet = { store, clock: () => Date.now() + CLOCK_AHEAD_MS };
			while (Date.now() < until) {
				await sleep(Math.min(PRUNE_EVERY_MS, Math.max(0, until - Date.now())));
				await pruneFleet(fleet, { inboxDays: 1, historyDays: 1, maxMinutes: 1 });
			}
		})();
		const [sent, memory] = await Promise.all([publish(redis, until), sampleMemory(worker, until), pruning]);
		const early = memory.slice(memory.length >> 3, memory.length >> 2);
		const late = memory.slice(-(memory.length >> 3));
		const figures = {
			soak_minutes: minutes,
			soak_msgs_s: sent / (minutes * 60),
			soak_memory_early_mb: median(early),
			soak_memory_late_mb: median(late),
			soak_memory_growth_mb: median(late) - median(early),
			soak_memory_highest_mb: Math.max(...memory),
		};
		return { name: 'soak', figures, rows: [] };
	} finally {
		const ended = once(worker, 'exit');
		worker.kill('SIGTERM');
		await ended;
		await store.close();
		await redis.stop();
		await rm(folder, { recursive: true, force: true });
	}
}

/** As fast as the worker reads; returns how many it has read. */
async function publish(
	redis: { readonly host: string; readonly port: number },
	until: number,
): Promise<number> {
	const bus = redisStreamsBus(redis);
	const client = new Redis(redis.port, redis.host);
	const source = messageSource('soak', { begin: Date.now() - 1000, stepMs: 0.01 });
	let sent = 0;
	const unread = async (): Promise<number> => {
		const groups = (await client.xinfo('GROUPS', FEED).catch(() => [])) as unknown[][];
		const fields = groups[0] ?? [];
		const field = (name: string) => fields[fields.indexOf(name) + 1];
		if (groups.length === 0) return sent;
		await client.xtrim(FEED, 'MINID', '~', String(field('last-delivered-id')));
		return Number(field('lag'));
	};
	let lag = 0;
	while (Date.now() < until) {
		if (lag > BACKLOG) await sleep(5);
		else {
			await bus.publish(FEED, source.next(AT_ONCE));
			sent += AT_ONCE;
		}
		lag = await unread();
	}
	await bus.close();
	client.disconnect();
	return sent - lag;
}

/** Resident megabytes of the process. */
async function sampleMemory(child: ChildProcess, until: number): Promise<number[]> {
	const samples: number[] = [];
	while (Date.now() < until) {
		const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
		samples.push(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
		await sleep(SAMPLE_EVERY_MS);
	}
	return samples;
}
