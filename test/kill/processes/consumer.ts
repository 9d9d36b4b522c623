/** A feed's run in a process of its own, until SIGTERM: `consumer.cjs JOB`. */
import type { FeedJob } from '../../../src/runner/feed-job';
import { startFeedJob } from '../../../src/runner/start-feed-job';

const say = (text: string) => void process.stdout.write(`${new Date().toISOString()} ${text}\n`);

async function main(job: FeedJob): Promise<void> {
	const run = await startFeedJob(job, {
		onResult: ({ accepted, duplicates, rejected }) => {
			if (accepted + duplicates > 0) say(`+${accepted} =${duplicates} !${rejected.length}`);
		},
		onState: ({ up, reason }) => say(up ? 'up' : `down: ${reason}`),
		onLoss: ({ count, reason }) => say(`lost ${count}: ${reason}`),
		onFailure: (what, error) => say(`${what}: ${error?.message ?? 'well again'}`),
	});
	say('started');
	process.once('SIGTERM', () => void run.stop());
}

main(JSON.parse(process.argv[2] ?? '') as FeedJob).catch((error: unknown) => {
	say(error instanceof Error ? (error.stack ?? error.message) : String(error));
	process.exitCode = 1;
});
