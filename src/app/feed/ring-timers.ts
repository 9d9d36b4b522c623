import { turns } from '../turns';

const RING_EVERY_MS = 1000;
/** How long to wait after a sign that messages are piled up in the transport. */
const CATCH_UP_MS = 5000;
/** A transport that stays away, or readers who never get ahead, must not keep the clock from deciding for longer. */
const LONGEST_CATCH_UP_MS = 60_000;

interface Bell {
	ring(): Promise<void>;
	/** Told what `ring` failed with, and null when it works. */
	tell(failure: unknown): void;
	/** So many messages that wait for the whole group are a backlog. */
	readonly backlogSize: number;
}

/** How many messages wait in the transport for all readers of the group; null where that is not known. */
type Lag = () => Promise<number | null>;

export interface TimerBell {
	start(lag: Lag): void;
	/** The transport can be read, at last or again. */
	opened(): void;
	/** Takes a batch of messages; never while timers ring. `isFull`: there are probably more. */
	takeBatch(isFull: boolean, take: () => Promise<void>): Promise<void>;
	/** Resolves when nothing rings any more. */
	stop(): Promise<void>;
}

/**
 * Calls `ring` every second, one call at a time. Not while messages that had to wait are being caught up with, by this
 * reader or another of the group, after a start or an outage: what the clock would find missing may be among them. A
 * failure is told, and the next second tries again.
 */
export function timerBell({ ring, tell, backlogSize }: Bell): TimerBell {
	const inTurn = turns();
	let ringing: Promise<void> = Promise.resolve();
	let timer: NodeJS.Timeout | undefined;
	let isStopped = false;
	let caughtUpAt = Date.now() + LONGEST_CATCH_UP_MS;
	let behindSince: number | null = null;
	const backlog = backlogWatch(backlogSize);

	const fallBehind = () => {
		behindSince ??= Date.now();
		caughtUpAt = Math.min(Date.now() + CATCH_UP_MS, behindSince + LONGEST_CATCH_UP_MS);
	};
	const catchUp = () => {
		behindSince = null;
		caughtUpAt = 0;
	};
	const mayRing = async (lag: Lag) => {
		const isBehind = Date.now() < caughtUpAt;
		await backlog.look(lag, isBehind);
		return !isBehind && !backlog.isWorkedOff();
	};
	const tick = async (lag: Lag) => {
		if (await mayRing(lag)) {
			behindSince = null;
			backlog.forget();
			try {
				await inTurn(async () => {
					if (!isStopped) await (ringing = ring());
				});
				tell(null);
			} catch (error) {
				tell(error);
			}
		}
		if (!isStopped) wait(lag);
	};
	const wait = (lag: Lag) => {
		timer = setTimeout(() => void tick(lag), RING_EVERY_MS);
	};

	return {
		start: wait,
		opened: fallBehind,
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

/** Tells a backlog that the group's readers work off from a lag which is not going to end. */
function backlogWatch(backlogSize: number) {
	let smallest = Infinity;
	let shrunkAt = 0;
	let lookAgainAt = 0;
	const isWorkedOff = () => smallest < Infinity && Date.now() - shrunkAt < LONGEST_CATCH_UP_MS;

	return {
		isWorkedOff,
		/** Rarely, unless the bell is about to ring: counting many messages that wait may be dear. */
		async look(lag: Lag, mayWait: boolean): Promise<void> {
			if ((mayWait || isWorkedOff()) && Date.now() < lookAgainAt) return;
			const waiting = await lag();
			if (waiting === null) return;
			lookAgainAt = Date.now() + CATCH_UP_MS;
			if (waiting < backlogSize) smallest = Infinity;
			else if (waiting < smallest) {
				smallest = waiting;
				shrunkAt = Date.now();
			}
		},
		forget: () => void (smallest = Infinity),
	};
}
