/** What every thread of this package begins with: loads what the thread is for, and nothing else. */
import { workerData } from 'node:worker_threads';
import type { ThreadWork } from './thread-work';

const WORK = {
	runFeed: async () => await import('./feed-thread'),
	readFeed: async () => await import('./reader-thread'),
	checkpoint: async () => await import('./checkpoint-thread'),
	import: async () => await import('./import-thread'),
	readImport: async () => await import('./import-reader-thread'),
} as const satisfies Record<ThreadWork['does'], () => Promise<unknown>>;

void WORK[(workerData as ThreadWork).does]();
