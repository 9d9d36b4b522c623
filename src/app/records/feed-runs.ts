import type { Fleet } from '../fleet';
import type { ListedFeedRun, StoreMetrics } from '../ports/store-operations';

/** A run that tells nothing for three of its turns has ended without a word, or hangs. */
const SILENT_AFTER_MS = 35_000;

/** How a feed's run does, as an operator reads it. */
export interface FeedRunReport {
	readonly feed: string;
	readonly group: string;
	readonly process: string;
	/** `silent`: the process has said nothing for a while, it was probably killed. */
	readonly state: 'up' | 'down' | 'silent';
	/** Since when it is so. */
	readonly stateSinceAt: number;
	readonly reason: string | null;
	/** Messages that wait in the transport; null where nobody knows. */
	readonly lag: number | null;
	/** Of late, over some seconds. */
	readonly messagesPerSecond: number;
	readonly accepted: number;
	readonly duplicates: number;
	readonly stale: number;
	readonly rejected: number;
	readonly lost: number;
	readonly fired: number;
	readonly cleared: number;
	readonly batches: number;
	readonly batchMeanMs: number | null;
	/** 99 of 100 batches took no longer than this; null where none was, or some took longer than can be told. */
	readonly batchP99Ms: number | null;
	readonly failedTries: number;
	readonly startedAt: number;
	readonly lastBatchAt: number | null;
	readonly savedAt: number;
}

/** The runs of all processes on this store, as they were when they told it last: every ten seconds. */
export async function listFeedRuns(fleet: Fleet): Promise<FeedRunReport[]> {
	const now = fleet.clock();
	const runs = await fleet.store.read(async ({ feedRuns }) => await feedRuns.list());
	return runs.map((run) => reportOf(run, now));
}

export async function getStoreMetrics(fleet: Fleet): Promise<StoreMetrics> {
	return await fleet.store.read(async ({ metrics }) => await metrics.read());
}

function reportOf(run: ListedFeedRun, now: number): FeedRunReport {
	const { feed, group, process, lag, isUp, stateSince, downReason, batchSeconds, ...others } = run;
	const { earlier: _earlier, ...counts } = others;
	const { count, sum } = batchSeconds;
	const isSilent = now - run.savedAt > SILENT_AFTER_MS;
	return {
		...{ feed, group, process },
		state: isSilent ? 'silent' : isUp ? 'up' : 'down',
		stateSinceAt: isSilent ? run.savedAt : stateSince,
		reason: isSilent ? 'the process has told nothing since: it has ended, or hangs' : downReason,
		lag,
		messagesPerSecond: isSilent ? 0 : rateOf(run),
		...counts,
		batches: count,
		batchMeanMs: count === 0 ? null : rounded((sum / count) * 1000),
		batchP99Ms: percentile99(batchSeconds),
	};
}

function rateOf({ earlier, ...run }: ListedFeedRun): number {
	const taken = (of: { accepted: number; duplicates: number; rejected: number }) =>
		of.accepted + of.duplicates + of.rejected;
	const from = earlier === null ? run.startedAt : earlier.savedAt;
	const seconds = (run.savedAt - from) / 1000;
	return seconds <= 0 ? 0 : rounded((taken(run) - (earlier === null ? 0 : taken(earlier))) / seconds);
}

function percentile99({ count, buckets }: ListedFeedRun['batchSeconds']): number | null {
	const bucket = count === 0 ? undefined : buckets.find((one) => one.count >= count * 0.99);
	return bucket === undefined ? null : bucket.atMost * 1000;
}

const rounded = (value: number): number => Math.round(value * 10) / 10;
