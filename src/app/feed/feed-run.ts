import type { SubscribeOptions } from '../ports/message-bus';
import type { BatchResult, FeedOptions } from './process-batch';

/** A feed that is read and evaluated: plain data, so that it can be handed to a thread or kept in a file. */
export interface FeedRunOptions
	extends FeedOptions, Pick<SubscribeOptions, 'group' | 'batchSize' | 'lingerMs'> {
	/** Where a group that is new begins; default `start`. */
	readonly from?: SubscribeOptions['from'];
	/** How often a batch that cannot be processed is tried before its poison is sought and quarantined; default 3. */
	readonly maxTries?: number;
	/** Name of this process, under which the metrics are saved in the store; default: they are not. */
	readonly process?: string;
}

/** Told what happens; none of these may throw. */
export interface FeedListener {
	/**
	 * What a batch, or the clock, brought about: committed, and never told twice by one run. One more batch is taken
	 * while the promise is pending, then the feed waits for a listener who cannot keep up.
	 */
	onResult(result: BatchResult): void | Promise<void>;
	/** Once per change of the transport; `down` says why. */
	onState(state: { readonly up: boolean; readonly reason: string | null }): void;
	onLoss(loss: { readonly count: number | null; readonly reason: string }): void;
	/** The first of a row of failures of one kind, and null when it works again. The feed goes on trying by itself. */
	onFailure(what: 'messages' | 'timers', error: Error | null): void;
}

export interface FeedRun {
	/** Null where the transport cannot tell. */
	metrics(): Promise<FeedMetrics>;
	/** Reads no more, and resolves when the batch in hand is settled, or after `drainMs`, leaving it unacknowledged. */
	stop(drainMs?: number): Promise<void>;
}

/** Counters since the run began, and how it is now. */
export interface FeedMetrics {
	readonly feed: string;
	readonly group: string;
	readonly startedAt: number;
	readonly isUp: boolean;
	/** Since when it is up, or down. */
	readonly stateSince: number;
	/** Why it is down, or null. */
	readonly downReason: string | null;
	readonly accepted: number;
	readonly duplicates: number;
	readonly stale: number;
	readonly rejected: number;
	/** A loss of unknown size counts as one. */
	readonly lost: number;
	readonly fired: number;
	readonly cleared: number;
	/** Batches that were committed, by the seconds that each took. */
	readonly batchSeconds: Histogram;
	/** Tries that failed and were made again. */
	readonly failedTries: number;
	readonly lastBatchAt: number | null;
	/** Messages that wait in the transport, or null where nobody knows. */
	readonly lag: number | null;
}

export interface Histogram {
	readonly count: number;
	readonly sum: number;
	/** By upper bounds, ascending; each counts what is at most its bound. */
	readonly buckets: readonly { readonly atMost: number; readonly count: number }[];
}
