/** What every thread of this package begins with: loads what the thread is for, and nothing else. */
import { workerData } from 'node:worker_threads';
import type { ThreadWork } from './thread-work';

async function main({ does }: ThreadWork): Promise<void> {
	if (does === 'runFeed') await import('./feed-thread');
	else await import('./reader-thread');
}

void main(workerData as ThreadWork);
