/** How batches of feeds get along with each other, and what they may keep in memory. */
export interface FeedLocks {
	/**
	 * In a `writeFeed`: another one that takes one of these vehicles waits until this one has ended. To be called once,
	 * before anything is read that other batches write. In a `write` there is nobody to wait.
	 */
	takeVehicles(vehicleIds: readonly number[]): Promise<void>;
	/**
	 * For what concerns other vehicles, too. In a `writeFeed` that may have others beside it, it throws, and the whole
	 * work is done anew in a `write`.
	 */
	takeStore(): void;
	/**
	 * Vehicles, customers, rules, statuses, rule states, firings and backlogs are under a mark, which every transaction
	 * that changes one of them replaces by one of its own. This transaction does so in any case, and with it is told
	 * the mark that stood before, and the one that stands once it is committed. Null where writers do not exclude each
	 * other, so that no mark vouches for anything.
	 */
	renewMark(): Promise<{ readonly before: number; readonly after: number } | null>;
}
