import { setTimeout as sleep } from 'node:timers/promises';
import type { FleetStore, StoreSession } from '../ports/store';

/** How long a transaction may hold up the feeds that write beside it, about. */
const TRANSACTION_MS = 20;
const FEWEST_ROWS = 50;
const MOST_ROWS = 2000;

export interface SmallSteps {
	/** Rows that one transaction takes now. */
	readonly size: number;
	/** Whether it is time to stop. */
	readonly isOver: boolean;
	/** One transaction, then a pause as long as it took. */
	write<T>(work: (session: StoreSession) => Promise<T>): Promise<T>;
}

/**
 * Splits long work into transactions of about 20 ms, so that feeds go on beside it: their size follows what the
 * store can do.
 */
export function smallSteps(store: FleetStore, stopAt: number, clock: () => number): SmallSteps {
	let size = 200;
	return {
		get size() {
			return size;
		},
		get isOver() {
			return clock() >= stopAt;
		},
		async write(work) {
			let begunAt = 0;
			const result = await store.write(async (session) => {
				begunAt = performance.now();
				return await work(session);
			});
			const tookMs = performance.now() - begunAt;
			if (tookMs > TRANSACTION_MS) size = Math.max(FEWEST_ROWS, Math.floor(size / 2));
			else if (tookMs < TRANSACTION_MS / 2) size = Math.min(MOST_ROWS, Math.ceil(size * 1.25));
			await sleep(Math.max(1, tookMs));
			return result;
		},
	};
}
