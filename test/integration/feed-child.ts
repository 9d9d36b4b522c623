/**
 * Feeds batches of messages to a store in a process of its own, to be killed: `node feed-child.cjs DIR BATCHES`.
 * Under a clock that goes on by a minute a batch; a batch counts as acknowledged once it stands in the file `taken`.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '../../src/adapters/store/open-store';
import { feedProcessor } from '../../src/app/feed/process-batch';

const START = Date.parse('2026-03-01T12:00:00Z');
const MINUTE = 60_000;
const VEHICLES = 20;

/** The same for the same minute: most vehicles report, some fall silent for a while, some stand still. */
function batchOf(minute: number): { payload: string }[] {
	const isSilent = (vehicle: number) => Math.floor(minute / 20 + vehicle) % 5 === 0;
	return Array.from({ length: VEHICLES }, (_, vehicle) => vehicle)
		.filter((vehicle) => !isSilent(vehicle))
		.map((vehicle) => {
			const reportedAt = START + minute * MINUTE + vehicle;
			const speed = Math.floor(minute / 15 + vehicle) % 3 === 0 ? 0 : 50;
			const fuelLevel = (minute * 7 + vehicle * 13) % 60;
			return {
				payload: JSON.stringify({
					vehicle: `truck-${vehicle}`,
					reportedAt,
					attributes: { speed, fuelLevel },
				}),
			};
		});
}

async function main(): Promise<void> {
	const [dir = '', batches] = process.argv.slice(2);
	const store = await openStore({ kind: 'sqlite', path: join(dir, 'fleet.sqlite') });
	const taken = join(dir, 'taken');
	let minute = existsSync(taken) ? Number(readFileSync(taken, 'utf8')) : 0;
	const processor = feedProcessor(
		{ store, clock: () => START + minute * MINUTE + 30_000 },
		{ feed: 'statuses', allowedDelayMs: 10_000 },
	);
	process.stdout.write('started\n');
	for (; minute < Number(batches); minute++) {
		await processor.process(batchOf(minute));
		writeFileSync(taken, String(minute + 1));
		await processor.ring();
	}
	await store.close();
	process.stdout.write('ended\n');
}

void main();
