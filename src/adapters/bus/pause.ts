import { setTimeout as sleep } from 'node:timers/promises';

const FIRST_MS = 100;

/** Resolves after `ms`, or at once when `signal` aborts; never rejects. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
	await sleep(ms, undefined, { signal }).catch(() => undefined);
}

/**
 * How long to wait before attempt number `attempt` (the first is 1): doubles from 0.1 s to `maxMs`, and is up to a
 * half shorter by chance, so that many clients do not come back to a server at the same moment.
 */
export function backoffMs(attempt: number, maxMs: number): number {
	const fullMs = Math.min(maxMs, FIRST_MS * 2 ** Math.min(attempt - 1, 30));
	return Math.round(fullMs * (1 - Math.random() / 2));
}
