import type { FeedMetrics } from '../feed/feed-run';

/** How a feed's run in some process was doing when it was last saved. */
export interface SavedFeedRun extends FeedMetrics {
	/** The worker's own name, or host and process id. */
	readonly process: string;
	readonly savedAt: number;
}

export interface FeedRunRepository {
	/** Takes the place of what the same process saved of the same feed and group before. */
	save(run: SavedFeedRun): Promise<void>;
	/** By feed, group and process. */
	list(): Promise<SavedFeedRun[]>;
	/** Runs that were saved before `at`; returns how many. */
	removeBefore(at: number): Promise<number>;
}
