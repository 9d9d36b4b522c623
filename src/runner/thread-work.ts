import type { NetworkTransport } from '../adapters/bus/open-bus';
import type { SubscribeOptions } from '../app/ports/message-bus';
import type { BlobOptions } from '../adapters/blob/open-blob-store';
import type { RecordRequest } from '../app/ports/record-source';
import type { FeedJob } from './feed-job';
import type { ImportJob } from './import-job';

/** What a thread is started with: plain data. */
export type ThreadWork = FeedWork | ReadWork | CheckpointWork | ImportWork | ReadImportWork;

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

export interface ImportWork {
	readonly does: 'import';
	readonly job: ImportJob;
}

export interface ReadImportWork {
	readonly does: 'readImport';
	readonly blobs: BlobOptions;
	readonly request: RecordRequest;
}
