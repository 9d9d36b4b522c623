const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 600_000;
const QUIET_MS = 2 * LONGEST_PAUSE_MS;

interface Loss {
	readonly count: number | null;
	readonly reason: string;
}

/**
 * Tells a loss at once, and those that follow it in one sum for each reason: after ten seconds, then after twice as long
 * each time, up to ten minutes, until there was nothing to tell for twice that. A reader that is too slow loses messages
 * all the time. `flush` tells what is left.
 */
export function lossGatherer(tell: (loss: Loss) => void): { add(loss: Loss): void; flush(): void } {
	const gathered = new Map<string, number | null>();
	let timer: NodeJS.Timeout | undefined;
	let pauseMs = FIRST_PAUSE_MS;
	let toldAt = -Infinity;

	const flush = () => {
		clearTimeout(timer);
		timer = undefined;
		for (const [reason, count] of gathered) tell({ count, reason });
		gathered.clear();
	};
	/** After something was told. */
	const pause = (ms: number) => {
		pauseMs = Math.min(ms, LONGEST_PAUSE_MS);
		toldAt = Date.now();
		timer = setTimeout(() => {
			const isMore = gathered.size > 0;
			flush();
			if (isMore) pause(pauseMs * 2);
		}, pauseMs).unref();
	};
	return {
		add(loss) {
			if (timer === undefined) {
				tell(loss);
				pause(Date.now() - toldAt > QUIET_MS ? FIRST_PAUSE_MS : pauseMs * 2);
				return;
			}
			const before = gathered.get(loss.reason);
			gathered.set(loss.reason, sum(before === undefined ? 0 : before, loss.count));
		},
		flush,
	};
}

const sum = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a + b);
