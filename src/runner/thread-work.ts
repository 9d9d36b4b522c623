import type { NetworkTransport } from '../adapters/bus/open-bus';
import type { SubscribeOptions } from '../app/ports/message-bus';
import type { FeedJob } from './feed-job';

/** What a thread is started with: plain data. */
export type ThreadWork = FeedWork | ReadWork | CheckpointWork;

export interface FeedWork {
	readonly does: 'runFeed';
	readonly job: FeedJob;
}

export interface ReadWork {
	readonly does: 'readFeed';
	readonly transport: NetworkTransport;
	readonly feed: string;
	readonly options: Omit<SubscribeOptions, 'onLoss' | 'onState'>;
}

export interface CheckpointWork {
	readonly does: 'checkpoint';
	/** Of the SQLite database. */
	readonly path: string;
}
