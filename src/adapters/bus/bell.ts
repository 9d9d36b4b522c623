/** Wakes one waiter; a ring that nobody waits for is kept for the next. */
interface Bell {
	ring(): void;
	/** Resolves at the next ring, after `ms`, or when `signal` aborts. */
	wait(ms: number, signal: AbortSignal): Promise<void>;
}

export function bell(): Bell {
	let hasRung = false;
	let wake = () => undefined as void;
	return {
		ring: () => {
			hasRung = true;
			wake();
		},
		wait: async (ms, signal) => {
			if (!hasRung && !signal.aborted) {
				await new Promise<void>((resolve) => {
					const timer = setTimeout(resolve, ms);
					const onAbort = () => resolve();
					signal.addEventListener('abort', onAbort, { once: true });
					wake = () => {
						clearTimeout(timer);
						signal.removeEventListener('abort', onAbort);
						resolve();
					};
				});
				wake();
				wake = () => undefined;
			}
			hasRung = false;
		},
	};
}
