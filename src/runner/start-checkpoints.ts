import { Worker } from 'node:worker_threads';
import type { StoreOptions } from '../adapters/store/store-options';
import { threadFile } from './thread-file';
import type { CheckpointWork } from './thread-work';

export interface Checkpoints {
	stop(): Promise<void>;
}

/**
 * Keeps SQLite's journal short from a thread of its own, for as long as a feed is written. A help only: where the thread
 * ends, the writer does it itself, as it would without.
 */
export function startCheckpoints(store: StoreOptions): Checkpoints {
	if (store.kind !== 'sqlite') return { stop: async () => undefined };
	const work: CheckpointWork = { does: 'checkpoint', path: store.path };
	const worker = new Worker(threadFile(), { workerData: work, name: 'fleet checkpoints' });
	worker.on('error', () => undefined);
	return { stop: async () => void (await worker.terminate()) };
}
