import { pause } from './pause';

/** Wakes one waiter; a ring that nobody waits for is kept for the next. */
export interface Bell {
	ring(): void;
	/** Resolves at the next ring, after `ms`, or when `signal` aborts. */
	wait(ms: number, signal: AbortSignal): Promise<void>;
}

export function bell(): Bell {
	let rung = new AbortController();
	return {
		ring: () => rung.abort(),
		wait: async (ms, signal) => {
			if (!rung.signal.aborted) await pause(ms, AbortSignal.any([rung.signal, signal]));
			if (rung.signal.aborted) rung = new AbortController();
		},
	};
}
