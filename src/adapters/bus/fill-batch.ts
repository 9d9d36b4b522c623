import type { SubscribeOptions } from '../../app/ports/message-bus';
import { BATCH_CHARACTERS, type Taken } from './batch-bounds';

/**
 * Gathers a batch: full, by number or by length, or what has come within `lingerMs` of its first message. `read` takes
 * what is there, `limit` messages at most, waits up to `waitMs` where nothing is, and answers what it took. Resolves with
 * how many there are: none when none came within `idleMs`.
 */
export async function fillBatch(
	{ batchSize, lingerMs = 0 }: Pick<SubscribeOptions, 'batchSize' | 'lingerMs'>,
	idleMs: number,
	closing: AbortSignal,
	read: (limit: number, waitMs: number) => Promise<Taken>,
): Promise<number> {
	let { count, characters } = await read(batchSize, idleMs);
	const deadline = performance.now() + lingerMs;
	while (count > 0 && count < batchSize && characters < BATCH_CHARACTERS && !closing.aborted) {
		const leftMs = deadline - performance.now();
		if (leftMs <= 0) break;
		const more = await read(batchSize - count, leftMs);
		count += more.count;
		characters += more.characters;
	}
	return count;
}
