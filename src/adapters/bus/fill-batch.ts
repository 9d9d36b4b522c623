import type { SubscribeOptions } from '../../app/ports/message-bus';

/**
 * Gathers a batch: full, or what has come within `lingerMs` of its first message. `read` takes what is there, `limit`
 * messages at most, waits up to `waitMs` where nothing is, and answers how many it took. Resolves with how many there
 * are: none when none came within `idleMs`.
 */
export async function fillBatch(
	{ batchSize, lingerMs = 0 }: Pick<SubscribeOptions, 'batchSize' | 'lingerMs'>,
	idleMs: number,
	closing: AbortSignal,
	read: (limit: number, waitMs: number) => Promise<number>,
): Promise<number> {
	let count = await read(batchSize, idleMs);
	const deadline = performance.now() + lingerMs;
	while (count > 0 && count < batchSize && !closing.aborted) {
		const leftMs = deadline - performance.now();
		if (leftMs <= 0) break;
		count += await read(batchSize - count, leftMs);
	}
	return count;
}
