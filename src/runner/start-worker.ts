import { setTimeout as sleep } from 'node:timers/promises';
import { startMetricsServer, type MetricsServer } from '../adapters/metrics/metrics-server';
import { openStore, type TypeOrmStore } from '../adapters/store/open-store';
import type { FeedListener, FeedRun } from '../app/feed/feed-run';
import { startFeedRun } from '../app/feed/run-feed';
import type { MessageBus } from '../app/ports/message-bus';
import { openReaderBus } from './reader-bus';
import { type Checkpoints, startCheckpoints } from './start-checkpoints';
import type { WorkerJob } from './worker-job';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;

export interface WorkerListener {
	onMetricsServer(url: string): void;
	/** Once when the store cannot be opened, again for another reason, and null when it can. */
	onStore(error: Error | null): void;
	/** One listener for each feed. */
	feed(name: string): FeedListener;
}

export interface Worker {
	/** Rejects when the metrics' port cannot be had; resolves when all feeds run, or `stop` came before. */
	readonly started: Promise<void>;
	/** Reads no more, finishes the batches in hand within `drainMs`, and closes everything. */
	stop(drainMs: number): Promise<void>;
}

/** Runs feeds in this process, on one store. A store that is away, even at the start, is waited for. */
export function startWorker(job: WorkerJob, listener: WorkerListener): Worker {
	const stopping = new AbortController();
	const runs: FeedRun[] = [];
	const buses: MessageBus[] = [];
	let store: TypeOrmStore | null = null;
	let server: MetricsServer | null = null;
	let checkpoints: Checkpoints | null = null;

	const serveMetrics = async () => {
		if (job.metrics === null) return;
		server = await startMetricsServer({
			...job.metrics,
			feeds: async () => await Promise.all(runs.map(async (run) => await run.metrics())),
			async store() {
				if (store === null) throw new Error('The store is not open yet');
				return await store.read(async ({ metrics }) => await metrics.read());
			},
		});
		listener.onMetricsServer(server.url);
	};

	const runFeeds = async (opened: TypeOrmStore) => {
		for (const { transport, run } of job.feeds) {
			if (stopping.signal.aborted) return;
			const bus = openReaderBus(transport, opened.database);
			buses.push(bus);
			const fleet = { store: opened, clock: Date.now };
			const options = { ...run, process: job.name };
			runs.push(await startFeedRun({ bus, fleet }, options, listener.feed(run.feed)));
		}
	};

	const started = (async () => {
		await serveMetrics();
		store = await untilOpen(job, stopping.signal, listener.onStore);
		if (store === null) return;
		checkpoints = startCheckpoints(job.store);
		await runFeeds(store);
	})();

	return {
		started,
		async stop(drainMs) {
			stopping.abort();
			await started.catch(() => undefined);
			await Promise.all(runs.map(async (run) => await run.stop(drainMs)));
			await Promise.all(buses.map(async (bus) => await bus.close()));
			await server?.close();
			await checkpoints?.stop();
			await store?.close();
		},
	};
}

/** Null when `signal` aborts before. */
async function untilOpen(
	job: WorkerJob,
	signal: AbortSignal,
	tell: WorkerListener['onStore'],
): Promise<TypeOrmStore | null> {
	let said: string | null = null;
	for (let pauseMs = FIRST_PAUSE_MS; !signal.aborted; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
		try {
			const store = await openStore(job.store);
			tell(null);
			return store;
		} catch (error) {
			const { message } = asError(error);
			if (said !== message) tell(asError(error));
			said = message;
			await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
		}
	}
	return null;
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
