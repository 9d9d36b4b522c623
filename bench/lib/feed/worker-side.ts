import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { redisStreamsBus } from '../../../src/adapters/bus/redis-streams';
import type { BenchSide } from '../measure';
import { messageSource, START } from './workload';

const PARTITIONS = 4;
const MESSAGES = 60_000;
/** Of each round: the processes load their code and rules. */
const WARM_UP = 20_000;
const WITHIN_MS = 300_000;

interface Servers {
	/** A folder for the workers' files. */
	readonly folder: string;
	/** Of a PostgreSQL that holds the fleet. */
	readonly url: string;
	readonly redis: { readonly host: string; readonly port: number };
}

/** So many processes of the worker command, as it is shipped, share a backlog in the partitions of a Redis stream. */
export function workerSide(count: number, { folder, url, redis }: Servers): BenchSide {
	let round = 0;
	const feedOf = () => `bench.workers.${count}.${round}`;
	return {
		what: `${count} ${count === 1 ? 'worker' : 'workers'}, Redis Streams to PostgreSQL`,
		clock: 'wall',
		prepare: async () => {
			round += 1;
			const bus = redisStreamsBus({ ...redis, partitions: PARTITIONS });
			const begin = START + (2 * round + count) * MESSAGES;
			const source = messageSource(feedOf(), { begin });
			for (let done = 0; done < MESSAGES; done += 5000) await bus.publish(feedOf(), source.next(5000));
			await bus.close();
		},
		run: async () => {
			const transport = {
				kind: 'redisStreams',
				url: `redis://${redis.host}:${redis.port}`,
				partitions: PARTITIONS,
			};
			const feeds = [{ feed: feedOf(), group: 'bench', batchSize: 1000, transport }];
			const config = join(folder, `${feedOf()}.json`);
			await writeFile(config, JSON.stringify({ store: url, feeds }));
			const client = new Client({ connectionString: url });
			await client.connect();
			const stored = async () => {
				const { rows } = await client.query<{ n: string }>(
					'SELECT count(*) AS n FROM inbox WHERE feed = $1',
					[feedOf()],
				);
				return Number(rows[0]?.n);
			};
			const workers = Array.from({ length: count }, (_, index) =>
				spawn(
					process.execPath,
					[join('dist', 'cli.js'), 'worker', '--config', config, '--name', `bench-${index}`],
					{
						stdio: ['ignore', 'ignore', 'inherit'],
					},
				),
			);
			try {
				const warm = await untilStored(stored, WARM_UP);
				const done = await untilStored(stored, MESSAGES);
				return { units: done.count - warm.count, spentMs: done.at - warm.at };
			} finally {
				const ended = workers.map(async (worker) => void (await once(worker, 'exit')));
				for (const worker of workers) worker.kill('SIGTERM');
				await Promise.all(ended);
				await client.end();
			}
		},
	};
}

async function untilStored(
	stored: () => Promise<number>,
	expected: number,
): Promise<{ count: number; at: number }> {
	const deadline = Date.now() + WITHIN_MS;
	for (;;) {
		const count = await stored();
		if (count >= expected) return { count, at: performance.now() };
		if (Date.now() > deadline) throw new Error(`Only ${count} of ${expected} messages were stored`);
		await sleep(50);
	}
}
