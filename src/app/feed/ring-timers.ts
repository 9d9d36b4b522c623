const RING_EVERY_MS = 1000;
/** How long to wait after a sign that messages are piled up in the transport. */
const CATCH_UP_MS = 5000;
/** A feed that is never idle must not keep the clock from deciding for longer than this. */
const LONGEST_CATCH_UP_MS = 60_000;

export interface TimerBell {
	start(): void;
	/** Takes a batch of messages; never while timers ring. `isFull`: there are probably more. */
	takeBatch(isFull: boolean, take: () => Promise<void>): Promise<void>;
	/** Resolves when nothing rings any more. */
	stop(): Promise<void>;
}

/**
 * Calls `ring` every second, one call at a time. Not while messages that had to wait are being caught up with, after
 * a start or an outage: what the clock would find missing may be among them. A failure is told (null: it is over), and
 * the next second tries again.
 */
export function timerBell(ring: () => Promise<void>, tell: (failure: unknown) => void): TimerBell {
	let turn: Promise<void> = Promise.resolve();
	let ringing: Promise<void> = Promise.resolve();
	let timer: NodeJS.Timeout | undefined;
	let isStopped = false;
	let caughtUpAt = 0;
	let behindSince: number | null = null;

	const inTurn = (work: () => Promise<void>): Promise<void> => {
		const mine = turn.then(work);
		turn = mine.catch(() => undefined);
		return mine;
	};
	const fallBehind = () => {
		behindSince ??= Date.now();
		caughtUpAt = Math.min(Date.now() + CATCH_UP_MS, behindSince + LONGEST_CATCH_UP_MS);
	};
	const catchUp = () => {
		behindSince = null;
		caughtUpAt = 0;
	};
	const tick = async () => {
		if (Date.now() >= caughtUpAt) {
			behindSince = null;
			try {
				await inTurn(async () => {
					if (!isStopped) await (ringing = ring());
				});
				tell(null);
			} catch (error) {
				tell(error);
			}
		}
		if (!isStopped) wait();
	};
	const wait = () => {
		timer = setTimeout(() => void tick(), RING_EVERY_MS);
	};

	return {
		start() {
			fallBehind();
			wait();
		},
		async takeBatch(isFull, take) {
			try {
				await inTurn(take);
			} catch (error) {
				fallBehind();
				throw error;
			}
			if (isFull) fallBehind();
			else catchUp();
		},
		async stop() {
			isStopped = true;
			clearTimeout(timer);
			await ringing.catch(() => undefined);
		},
	};
}
