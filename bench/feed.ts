import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../src/adapters/store/open-store';
import { feedProcessor } from '../src/app/feed/process-batch';
import { median, type BenchResult, type BenchRow } from './lib/measure';
import { makeReports, makeRules } from './lib/rule-workload';

const VEHICLES = 10_000;
const RULES = 1_000;
const BATCH = 1_000;
const BATCHES_A_ROUND = 10;
const ROUNDS = 5;
const START = Date.parse('2026-03-01T00:00:00Z');

const vin = (index: number): string => `WDB${String(index).padStart(14, '0')}`;

/**
 * Batches of 1,000 messages from payload text to commit on SQLite: inbox, history, status, 1,000 rules, firings.
 * `steady`: a vehicle's values stay, so that rules are asked and nothing fires. `firing`: every report is a new draw,
 * so that about one rule a message fires and another one clears.
 */
export default async function benchFeed(): Promise<BenchResult> {
	const folder = await mkdtemp(join(tmpdir(), 'fleet-bench-'));
	const store = await openStore({ kind: 'sqlite', path: join(folder, 'fleet.sqlite') });
	try {
		let now = START;
		const vins = Array.from({ length: VEHICLES }, (_, index) => ({ vin: vin(index) }));
		await store.write(async ({ vehicles, rules }) => {
			await vehicles.upsertMany('vin', vins, now);
			for (const { id: _id, ...rule } of makeRules(RULES, { equalities: true }))
				await rules.create(rule, now);
		});
		const processor = feedProcessor({ store, clock: () => now }, { feed: 'bench' });
		const draws = makeReports(VEHICLES * 2);
		let sent = 0;
		const batches = (isSteady: boolean) =>
			Array.from({ length: BATCHES_A_ROUND }, () => {
				now += 1000;
				return Array.from({ length: BATCH }, () => {
					const vehicle = sent % VEHICLES;
					const attributes = draws[isSteady ? vehicle : (sent * 7) % draws.length];
					return {
						payload: JSON.stringify({
							messageId: `m-${sent++}`,
							vehicle: vin(vehicle),
							reportedAt: now,
							attributes,
						}),
					};
				});
			});
		const run = async (isSteady: boolean): Promise<number> => {
			const work = batches(isSteady);
			const before = process.cpuUsage();
			for (const messages of work) await processor.process(messages);
			const { user, system } = process.cpuUsage(before);
			return (BATCHES_A_ROUND * BATCH * 1_000_000) / (user + system);
		};
		const steady: number[] = [];
		const firing: number[] = [];
		await run(true);
		for (let round = 0; round < ROUNDS; round++) {
			steady.push(await run(true));
			firing.push(await run(false));
			// Back to each vehicle's own values, so that the next steady round has nothing to clear.
			await run(true);
		}
		const rows = [row('nothing fires', steady), row('one rule a message fires', firing)];
		const figures = { feed_steady_msgs_s: median(steady), feed_firing_msgs_s: median(firing) };
		return { name: 'feed', figures, rows };
	} finally {
		await store.close();
		await rm(folder, { recursive: true });
	}
}

function row(what: string, perSecond: readonly number[]): BenchRow {
	return {
		what,
		perCpuSecond: median(perSecond),
		fastest: Math.max(...perSecond),
		slowest: Math.min(...perSecond),
	};
}
