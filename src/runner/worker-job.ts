import type { FeedJob } from './feed-job';

/** What a worker process does: plain data. */
export interface WorkerJob extends Pick<FeedJob, 'store'> {
	/** Name of this worker among those of its groups. */
	readonly name: string;
	readonly feeds: readonly Omit<FeedJob, 'store'>[];
	/** Where health and metrics are served; null: nowhere. */
	readonly metrics: { readonly host: string; readonly port: number } | null;
}
