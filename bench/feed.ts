import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../src/adapters/store/open-store';
import { feedProcessor } from '../src/app/feed/process-batch';
import { measureInTurn, type BenchResult, type BenchSide } from './lib/measure';
import { openPlainFeed } from './lib/plain-feed';
import { makeReports, makeRules } from './lib/rule-workload';

const VEHICLES = 10_000;
const RULES = 1_000;
const BATCH = 1_000;
const BATCHES_A_RUN = 10;
const PLAIN_MESSAGES = 500;
const START = Date.parse('2026-03-01T00:00:00Z');

const vins = Array.from({ length: VEHICLES }, (_, index) => `WDB${String(index).padStart(14, '0')}`);

/**
 * Batches of 1,000 messages from payload text to commit on SQLite: inbox, history, status, 1,000 rules, firings. In
 * `nothing fires` a vehicle's values stay, so that rules are asked and not met anew; else every report is a new draw,
 * so that about one rule a message fires and another one clears. The plain sides keep status and history only.
 */
export default async function benchFeed(): Promise<BenchResult> {
	const folder = await mkdtemp(join(tmpdir(), 'fleet-bench-'));
	const store = await openStore({ kind: 'sqlite', path: join(folder, 'fleet.sqlite') });
	const plain = await openPlainFeed(join(folder, 'plain.sqlite'), vins);
	const messages = messageSource();
	try {
		await store.write(async ({ vehicles, rules }) => {
			await vehicles.upsertMany(
				'vin',
				vins.map((vin) => ({ vin })),
				START,
			);
			for (const { id: _id, ...rule } of makeRules(RULES, { equalities: true }))
				await rules.create(rule, START);
		});
		const processor = feedProcessor({ store, clock: messages.now }, { feed: 'bench' });
		let batches: { payload: string }[][] = [];
		const take = async () => {
			for (const batch of batches) await processor.process(batch);
			return BATCHES_A_RUN * BATCH;
		};
		const draw = (isSteady: boolean) => {
			batches = Array.from({ length: BATCHES_A_RUN }, () =>
				messages.next(BATCH, isSteady).map((payload) => ({ payload })),
			);
		};
		const ours = (what: string, isSteady: boolean): BenchSide => ({
			what,
			prepare: async () => {
				// Back to each vehicle's own values first: nothing is left to clear then.
				draw(true);
				await take();
				draw(isSteady);
			},
			run: take,
		});
		let payloads: string[] = [];
		const theirs = (what: string, atOnce: number): BenchSide => ({
			what,
			prepare: async () => {
				payloads = messages.next(PLAIN_MESSAGES, true);
			},
			run: async () => {
				await plain.process(payloads, atOnce);
				return payloads.length;
			},
		});
		const rows = await measureInTurn([
			ours('nothing fires', true),
			ours('one rule a message fires', false),
			theirs('TypeORM repositories, a transaction a message', 1),
			theirs(`TypeORM repositories, ${PLAIN_MESSAGES} a transaction`, PLAIN_MESSAGES),
		]);
		const [steady = NaN, firing = NaN, each = NaN, together = NaN] = rows.map((row) => row.perSecond);
		const figures = {
			feed_steady_msgs_s: steady,
			feed_firing_msgs_s: firing,
			feed_vs_typeorm_each: steady / each,
			feed_vs_typeorm_together: steady / together,
		};
		return { name: 'feed', figures, rows };
	} finally {
		await plain.close();
		await store.close();
		await rm(folder, { recursive: true });
	}
}

/** Payloads of all vehicles in turn, each newer than the last one. */
function messageSource() {
	const draws = makeReports(VEHICLES * 2);
	let now = START;
	let sent = 0;
	return {
		now: () => now,
		next(count: number, isSteady: boolean): string[] {
			now += 1000;
			return Array.from({ length: count }, () => {
				const index = sent % VEHICLES;
				const attributes = draws[isSteady ? index : (sent * 7) % draws.length];
				const messageId = `m-${sent++}`;
				return JSON.stringify({ messageId, vehicle: vins[index], reportedAt: now, attributes });
			});
		},
	};
}
