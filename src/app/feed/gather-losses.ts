const TELL_EVERY_MS = 10_000;

interface Loss {
	readonly count: number | null;
	readonly reason: string;
}

/**
 * Tells a loss at once, and those that follow it in one sum for each reason, every ten seconds: a reader that is too slow
 * loses messages all the time. `flush` tells what is left.
 */
export function lossGatherer(tell: (loss: Loss) => void): { add(loss: Loss): void; flush(): void } {
	const gathered = new Map<string, number | null>();
	let timer: NodeJS.Timeout | undefined;
	const flush = () => {
		clearTimeout(timer);
		timer = undefined;
		for (const [reason, count] of gathered) tell({ count, reason });
		gathered.clear();
	};
	return {
		add(loss) {
			if (timer === undefined) {
				tell(loss);
			} else {
				const before = gathered.get(loss.reason);
				gathered.set(loss.reason, sum(before === undefined ? 0 : before, loss.count));
				return;
			}
			timer = setTimeout(flush, TELL_EVERY_MS);
		},
		flush,
	};
}

const sum = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a + b);
