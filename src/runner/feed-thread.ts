/** What a feed's thread runs: the job that it was started with, until it is told to stop. */
import { parentPort, workerData } from 'node:worker_threads';
import type { FeedListener } from '../app/feed/feed-run';
import { startFeedJob } from './start-feed-job';
import { type FromThread, type ToThread, toPlain } from './thread-messages';
import type { FeedWork } from './thread-work';

if (parentPort === null) throw new Error('This file is started by n8n-nodes-fleet, as a thread');
const parent = parentPort;
const post = (message: FromThread) => parent.postMessage(message);

const waiting = new Map<number, () => void>();
let lastId = 0;

const listener: FeedListener = {
	async onResult(result) {
		if (result.fired.length + result.cleared.length + result.rejected.length === 0) return;
		const id = ++lastId;
		post({ type: 'result', id, result });
		await new Promise<void>((resolve) => waiting.set(id, resolve));
	},
	onState: (state) => post({ type: 'state', state }),
	onLoss: (loss) => post({ type: 'loss', loss }),
	onFailure: (what, error) => post({ type: 'failure', what, error: error && toPlain(error) }),
};

async function main(): Promise<void> {
	const run = await startFeedJob((workerData as FeedWork).job, listener);
	const obey = async (message: ToThread): Promise<void> => {
		switch (message.type) {
			case 'taken':
				waiting.get(message.id)?.();
				waiting.delete(message.id);
				return;
			case 'metrics':
				return post({ type: 'metrics', id: message.id, metrics: await run.metrics() });
			case 'stop':
				await run.stop(message.drainMs);
				post({ type: 'stopped' });
				parent.close();
		}
	};
	parent.on('message', (message: ToThread) => void obey(message));
	post({ type: 'started' });
}

main().catch((error: unknown) => {
	post({ type: 'refused', error: toPlain(error) });
	parent.close();
});
