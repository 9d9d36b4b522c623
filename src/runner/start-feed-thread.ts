import type { FeedListener, FeedRun } from '../app/feed/feed-run';
import type { FeedJob } from './feed-job';
import { openThread, type OpenThread } from './open-thread';
import { ThreadError } from './thread-messages';

const DEFAULT_DRAIN_MS = 20_000;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;
/** A thread that lived for so long did not crash because of how it was started. */
const LONG_LIFE_MS = 60_000;

/**
 * Runs a feed in a thread of its own, so that this one's event loop sees nothing of it but what fires. Like
 * `startFeedJob`, to which it is the same otherwise, it rejects when the first start fails. A thread that crashes later,
 * or runs out of memory, is told as a failure and started anew; what it had not acknowledged is delivered again. It may
 * use as much memory as Node gives a thread; without any left it ends, and this thread goes on unharmed.
 */
export async function startFeedThread(job: FeedJob, listener: FeedListener): Promise<FeedRun> {
	let isStopping = false;
	let isDown = false;
	let crashes = 0;
	let restart: NodeJS.Timeout | undefined;
	let thread = openThread(job, listener);

	const watch = async (watched: OpenThread): Promise<void> => {
		const begunAt = Date.now();
		const error = await watched.ended;
		if (isStopping) return;
		if (Date.now() - begunAt > LONG_LIFE_MS) crashes = 0;
		if (!isDown) listener.onFailure('messages', crashed(job, error));
		isDown = true;
		restart = setTimeout(revive, Math.min(FIRST_PAUSE_MS * 2 ** crashes, LONGEST_PAUSE_MS));
		crashes++;
	};
	const revive = () => {
		thread = openThread(job, listener);
		void watch(thread);
		thread.started.then(
			() => {
				isDown = false;
				listener.onFailure('messages', null);
			},
			// The thread ends then, which is watched.
			() => undefined,
		);
	};

	await thread.started;
	void watch(thread);
	return {
		metrics: async () => await thread.metrics(),
		async stop(drainMs = DEFAULT_DRAIN_MS) {
			isStopping = true;
			clearTimeout(restart);
			await thread.stop(drainMs);
		},
	};
}

const crashed = ({ run }: FeedJob, error: Error) =>
	new ThreadError(
		`The thread that reads the feed '${run.feed}' ended: ${error.message}`,
		'It is started anew by itself and reads on from where it stopped.',
		{ cause: error },
	);
