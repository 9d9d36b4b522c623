import type { Fleet } from '../fleet';
import type { FeedRun } from './feed-run';
import { within } from './within';

const SAVE_EVERY_MS = 10_000;
/** The store may be what is away: a run that stops does not wait for it. */
const LAST_WORD_MS = 1000;

/**
 * Saves a run's metrics every ten seconds, where all processes' feeds can be seen together. `stop` takes them back, since
 * what is left there is a run that was killed. A store that is away misses some: the next ones tell it all.
 */
export function metricsSaver(
	{ store, clock }: Fleet,
	process: string,
	metrics: FeedRun['metrics'],
): { stop(): Promise<void> } {
	let saving: Promise<void> | null = null;
	const save = async () => {
		const run = { ...(await metrics()), process, savedAt: clock() };
		await store.write(async ({ feedRuns }) => await feedRuns.save(run));
	};
	const timer = setInterval(() => {
		saving ??= save()
			.catch(() => undefined)
			.finally(() => (saving = null));
	}, SAVE_EVERY_MS);

	const takeBack = async () => {
		await saving;
		const { feed, group } = await metrics();
		await store.write(async ({ feedRuns }) => await feedRuns.remove({ process, feed, group }));
	};
	return {
		async stop() {
			clearInterval(timer);
			await within(
				LAST_WORD_MS,
				takeBack().catch(() => undefined),
			);
		},
	};
}
