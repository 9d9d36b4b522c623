import type { BatchResult } from './process-batch';
import type { FeedMetrics, FeedRunOptions, Histogram } from './feed-run';

/** Upper bounds in seconds. */
const BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export interface RunMeter {
	/** A batch that was committed. */
	batch(result: BatchResult, seconds: number): void;
	/** What the clock, or the search for poison, brought about. */
	result(result: Pick<BatchResult, 'fired' | 'cleared' | 'rejected'>): void;
	failedTry(): void;
	lost(count: number | null): void;
	state(state: { readonly up: boolean; readonly reason: string | null }): void;
	read(lag: number | null): FeedMetrics;
}

/** Counts what one run of a feed does, from now on. */
export function runMeter({ feed, group }: FeedRunOptions, clock: () => number): RunMeter {
	const startedAt = clock();
	const counts = { accepted: 0, duplicates: 0, stale: 0, rejected: 0, lost: 0, fired: 0, cleared: 0 };
	const buckets = BOUNDS.map((atMost) => ({ atMost, count: 0 }));
	const batches = { count: 0, sum: 0 };
	let failedTries = 0;
	let lastBatchAt: number | null = null;
	let state: { readonly up: boolean; readonly reason: string | null } = { up: false, reason: null };
	let stateSince = startedAt;

	const count: RunMeter['result'] = ({ fired, cleared, rejected }) => {
		counts.fired += fired.length;
		counts.cleared += cleared.length;
		counts.rejected += rejected.length;
	};
	const histogram = (): Histogram => ({ ...batches, buckets: buckets.map((bucket) => ({ ...bucket })) });

	return {
		batch(result, seconds) {
			counts.accepted += result.accepted;
			counts.duplicates += result.duplicates;
			counts.stale += result.stale;
			count(result);
			batches.count++;
			batches.sum += seconds;
			for (const bucket of buckets) if (seconds <= bucket.atMost) bucket.count++;
			lastBatchAt = clock();
		},
		result: count,
		failedTry: () => void failedTries++,
		// At least one: an alarm on this figure must not miss a loss of which nobody knows the size.
		lost: (number) => void (counts.lost += number ?? 1),
		state(next) {
			state = next;
			stateSince = clock();
		},
		read: (lag) => ({
			feed,
			group,
			startedAt,
			isUp: state.up,
			downReason: state.reason,
			stateSince,
			...counts,
			batchSeconds: histogram(),
			failedTries,
			lastBatchAt,
			lag,
		}),
	};
}
