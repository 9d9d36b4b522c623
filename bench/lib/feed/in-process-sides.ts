import { join } from 'node:path';
import { openStore } from '../../../src/adapters/store/open-store';
import { feedProcessor } from '../../../src/app/feed/process-batch';
import type { BenchSide } from '../measure';
import { openPlainFeed } from '../plain-feed';
import { addFleet, messageSource, START, vins } from './workload';

const BATCH = 2000;
const BATCHES_A_RUN = 10;
const PLAIN_MESSAGES = 500;

export interface InProcess {
	readonly sides: readonly BenchSide[];
	close(): Promise<void>;
}

/**
 * What a message costs from its text to the commit on SQLite, without a transport: a usual fleet, of which one message
 * in a hundred makes a rule fire; one whose values stay, so that nothing fires; and one whose every message does. Beside
 * them a feed as one would write it first, which keeps status and history only.
 */
export async function inProcessSides(folder: string): Promise<InProcess> {
	const store = await openStore({ kind: 'sqlite', path: join(folder, 'in-process.sqlite') });
	const plain = await openPlainFeed(join(folder, 'plain.sqlite'), vins);
	await addFleet(store);
	let batches: { payload: string }[][] = [];
	let payloads: string[] = [];
	let round = 0;
	const processor = feedProcessor({ store, clock: Date.now }, { feed: 'bench' });
	const take = async () => {
		for (const batch of batches) await processor.process(batch);
		return BATCHES_A_RUN * BATCH;
	};
	const draw = (firing: 'usual' | 'none' | 'all') => {
		round += 1;
		const begin = START + round * BATCHES_A_RUN * BATCH;
		const source = messageSource(`round-${round}`, { begin, firing });
		batches = Array.from({ length: BATCHES_A_RUN }, () => source.next(BATCH));
	};
	const ours = (what: string, firing: 'usual' | 'none' | 'all'): BenchSide => ({
		what,
		prepare: async () => {
			// Back to each vehicle's own values first: nothing is left to clear then.
			draw('none');
			await take();
			draw(firing);
		},
		run: take,
	});
	const theirs = (what: string, atOnce: number): BenchSide => ({
		what,
		prepare: async () => {
			round += 1;
			const begin = START + round * BATCHES_A_RUN * BATCH;
			const source = messageSource(`plain-${round}`, { begin, firing: 'none' });
			payloads = source.next(PLAIN_MESSAGES).map(({ payload }) => payload);
		},
		run: async () => {
			await plain.process(payloads, atOnce);
			return payloads.length;
		},
	});
	return {
		sides: [
			ours('in process: one message in a hundred fires', 'usual'),
			ours('in process: nothing fires', 'none'),
			ours('in process: every message fires', 'all'),
			theirs('TypeORM repositories, a transaction a message', 1),
			theirs(`TypeORM repositories, ${PLAIN_MESSAGES} a transaction`, PLAIN_MESSAGES),
		],
		close: async () => {
			await plain.close();
			await store.close();
		},
	};
}
