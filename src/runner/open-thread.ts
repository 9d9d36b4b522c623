import { Worker } from 'node:worker_threads';
import type { FeedListener, FeedMetrics } from '../app/feed/feed-run';
import { type Deferred, deferred } from './deferred';
import type { FeedJob } from './feed-job';
import { threadFile } from './thread-file';
import { ThreadError, fromPlain, type FromThread, type ToThread } from './thread-messages';
import type { FeedWork } from './thread-work';

/** For closing what is open, after draining; still below the 30 s that n8n waits for its triggers. */
const CLOSING_MS = 5000;

/** One life of a feed's thread. */
export interface OpenThread {
	/** Rejects when the job cannot be started, or the thread ends before. */
	readonly started: Promise<void>;
	/** Resolves when the thread is gone, whyever, with what ended it. */
	readonly ended: Promise<Error>;
	/** Rejects when the thread is gone, or ends before it answers. */
	metrics(): Promise<FeedMetrics>;
	/** Resolves when it is gone: by itself, or by force when that takes too long. */
	stop(drainMs: number): Promise<void>;
}

export function openThread(job: FeedJob, listener: FeedListener): OpenThread {
	const work: FeedWork = { does: 'runFeed', job };
	const worker = new Worker(threadFile(), {
		workerData: work,
		name: `fleet feed ${job.run.feed}`.slice(0, 60),
	});
	const post = (message: ToThread) => worker.postMessage(message);
	const asked = new Map<number, Deferred<FeedMetrics>>();
	const started = deferred<void>();
	const ended = deferred<Error>();
	let lastId = 0;
	let isGone = false;
	let cause: Error | undefined;

	const take = async (message: FromThread): Promise<void> => {
		switch (message.type) {
			case 'started':
				return started.resolve();
			case 'refused':
				cause = fromPlain(message.error);
				return;
			case 'result':
				try {
					await listener.onResult(message.result);
				} catch (error) {
					listener.onFailure('messages', error as Error);
				} finally {
					post({ type: 'taken', id: message.id });
				}
				return;
			case 'state':
				return listener.onState(message.state);
			case 'loss':
				return listener.onLoss(message.loss);
			case 'failure':
				return listener.onFailure(message.what, message.error && fromPlain(message.error));
			case 'metrics':
				asked.get(message.id)?.resolve(message.metrics);
				asked.delete(message.id);
		}
	};
	worker.on('message', (message: FromThread) => void take(message));
	worker.on('error', (error: Error) => (cause = error));
	worker.on('exit', (code) => {
		isGone = true;
		const error = cause ?? gone(job, `it ended with code ${code}`);
		started.reject(error);
		for (const { reject } of asked.values()) reject(error);
		ended.resolve(error);
	});

	return {
		started: started.promise,
		ended: ended.promise,
		async metrics() {
			if (isGone) throw gone(job, 'it is not there now');
			const id = ++lastId;
			const answer = deferred<FeedMetrics>();
			asked.set(id, answer);
			post({ type: 'metrics', id });
			return await answer.promise;
		},
		async stop(drainMs) {
			if (isGone) return;
			post({ type: 'stop', drainMs });
			const timer = setTimeout(() => void worker.terminate(), drainMs + CLOSING_MS);
			await ended.promise;
			clearTimeout(timer);
		},
	};
}

const gone = (job: FeedJob, why: string) =>
	new ThreadError(
		`The thread that reads the feed '${job.run.feed}' is gone: ${why}`,
		'It is started anew by itself; when it ends again and again, look for its error in the log.',
	);
