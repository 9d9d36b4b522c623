import { setTimeout as sleep } from 'node:timers/promises';

/** Looks until there is something, every 150 ms; rejects with what was awaited, and the last look's own error. */
export async function eventually<T>(
	what: string,
	look: () => T | Promise<T>,
	withinMs = 30_000,
): Promise<Exclude<NonNullable<T>, false>> {
	const deadline = Date.now() + withinMs;
	let lastError: unknown;
	for (;;) {
		try {
			const found = await look();
			if (found !== null && found !== undefined && found !== false)
				return found as Exclude<NonNullable<T>, false>;
		} catch (error) {
			lastError = error;
		}
		if (Date.now() > deadline) {
			throw new Error(`Not within ${withinMs} ms: ${what}`, { cause: lastError });
		}
		await sleep(150);
	}
}
