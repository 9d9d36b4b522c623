import { openStore } from '../adapters/store/open-store';
import type { FeedListener, FeedRun } from '../app/feed/feed-run';
import { startFeedRun } from '../app/feed/run-feed';
import type { FeedJob } from './feed-job';
import { openReaderBus } from './reader-bus';
import { startCheckpoints } from './start-checkpoints';

/**
 * Runs a feed in this process or thread, on a store and a bus of its own, which `stop` closes. Rejects with
 * `StoreUnavailableError` when the store cannot be used; a transport that is away is waited for.
 */
export async function startFeedJob(job: FeedJob, listener: FeedListener): Promise<FeedRun> {
	const store = await openStore(job.store);
	try {
		const bus = openReaderBus(job.transport, store.database);
		const run = await startFeedRun({ bus, fleet: { store, clock: Date.now } }, job.run, listener);
		const checkpoints = startCheckpoints(job.store);
		return {
			metrics: run.metrics,
			async stop(drainMs) {
				await run.stop(drainMs);
				await bus.close();
				await checkpoints.stop();
				await store.close();
			},
		};
	} catch (error) {
		await store.close();
		throw error;
	}
}
