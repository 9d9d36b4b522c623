import type { FeedMetrics } from '../feed/feed-run';

export type { FeedMetrics } from '../feed/feed-run';

/** How a feed's run in some process was doing when it was last saved. */
export interface SavedFeedRun extends FeedMetrics {
	/** The worker's own name, or host and process id. */
	readonly process: string;
	readonly savedAt: number;
}

export interface ListedFeedRun extends SavedFeedRun {
	/** How the same run was doing when it was saved the time before, or null. */
	readonly earlier: SavedFeedRun | null;
}

export interface FeedRunRepository {
	/** Takes the place of what the same process saved of the same feed and group before. */
	save(run: SavedFeedRun): Promise<void>;
	/** For one that has ended in good order. */
	remove(run: Pick<SavedFeedRun, 'process' | 'feed' | 'group'>): Promise<void>;
	/** By feed, group and process. */
	list(): Promise<ListedFeedRun[]>;
	/** Runs that were saved before `at`; returns how many. */
	removeBefore(at: number): Promise<number>;
}

/** What the store holds now. */
export interface StoreMetrics {
	readonly vehicles: number;
	/** Reports in the history, roughly. */
	readonly historyRows: number;
	/** Of rules that are live; those on trial do not count. */
	readonly openFirings: number;
	readonly pendingActions: number;
	readonly deadActions: number;
	/** When the oldest action that is still pending was made, or null. */
	readonly oldestPendingActionAt: number | null;
	/** Feeds without any are absent. */
	readonly rejectedMessages: readonly { readonly feed: string; readonly count: number }[];
}

export interface StoreMetricsRepository {
	/** By indexes and the database's own statistics: cheap however much the store holds. */
	read(): Promise<StoreMetrics>;
}

/** What grows with time and of which the oldest may go. */
export type AgedRecord = 'inbox' | 'log' | 'rejectedMessage' | 'doneAction';

/** Up to where the history was thinned: earlier hours are done, but for reports that came later. */
export interface ThinningProgress {
	/** Hours before this time are thin. */
	readonly until: number;
	/** The newest report that was looked at. */
	readonly throughId: number;
	/** The part that is under way, or null. */
	readonly running: {
		readonly until: number;
		readonly throughId: number;
		/** Reports up to this id were looked at for late ones. */
		readonly lateThroughId: number;
		/** Vehicles up to this id are done. */
		readonly vehicleId: number;
	} | null;
}

export interface AgeLimit {
	/** What is from before is old. */
	readonly before: number;
	/** What claims to be from later was noted by a clock that was wrong. */
	readonly now: number;
}

export interface RetentionRepository {
	/** Removes at most `limit` of what is old, the oldest first; 0 when there is none. */
	removeAged(what: AgedRecord, age: AgeLimit, limit: number): Promise<number>;
	/** Removes reports from the history; returns how many there were. */
	removeReports(ids: readonly number[]): Promise<number>;
	/** In the order in which they came; those that are gone are left out. */
	arrivals(page: {
		readonly after: number;
		readonly through: number;
		readonly limit: number;
	}): Promise<{ readonly id: number; readonly vehicleId: number; readonly reportedAt: number }[]>;
	/** Id of the report that came last; 0 without any. */
	newestReportId(): Promise<number>;
	/** Null before the first time. */
	thinning(): Promise<ThinningProgress | null>;
	saveThinning(progress: ThinningProgress): Promise<void>;
}
