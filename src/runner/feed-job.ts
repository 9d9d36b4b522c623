import type { TransportOptions } from '../adapters/bus/open-bus';
import type { StoreOptions } from '../adapters/store/store-options';
import type { FeedRunOptions } from '../app/feed/feed-run';

/** All that it takes to run a feed somewhere: plain data. */
export interface FeedJob {
	readonly store: StoreOptions;
	readonly transport: TransportOptions;
	readonly run: FeedRunOptions;
}
