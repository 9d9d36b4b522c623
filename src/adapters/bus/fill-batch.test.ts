import { fillBatch } from './fill-batch';

const never = new AbortController().signal;

/** Answers with so many messages, one count after the other, and notes what it was asked for. */
const source = (...counts: number[]) => sourceOf(100, ...counts);

function sourceOf(length: number, ...counts: number[]) {
	const asked: [limit: number, waitMs: number][] = [];
	const read = async (limit: number, waitMs: number) => {
		asked.push([limit, waitMs]);
		const count = counts.shift() ?? 0;
		return { count, characters: count * length };
	};
	return { asked, read };
}

describe('a batch that is filled', () => {
	it('is what is there at once, unless it may linger', async () => {
		const { asked, read } = source(3, 4);
		expect(await fillBatch({ batchSize: 10 }, 250, never, read)).toBe(3);
		expect(asked).toEqual([[10, 250]]);
	});

	it('lingers until it is full', async () => {
		const { asked, read } = source(3, 4, 3, 9);
		expect(await fillBatch({ batchSize: 10, lingerMs: 60_000 }, 250, never, read)).toBe(10);
		expect(asked.map(([limit]) => limit)).toEqual([10, 7, 3]);
	});

	it('is full when its messages are long, however few they are', async () => {
		const { read } = sourceOf(6 * 1024 * 1024, 1, 1, 1, 1);
		expect(await fillBatch({ batchSize: 10, lingerMs: 60_000 }, 250, never, read)).toBe(3);
	});

	it('lingers no longer than it may, from its first message on', async () => {
		const read = async (_limit: number, waitMs: number) => {
			await new Promise((resolve) => setTimeout(resolve, Math.min(waitMs, 10)));
			return { count: 1, characters: 100 };
		};
		const count = await fillBatch({ batchSize: 1000, lingerMs: 60 }, 10, never, read);
		expect(count).toBeGreaterThan(1);
		expect(count).toBeLessThan(20);
	});

	it('does not linger for nothing, nor once the subscription closes', async () => {
		const empty = source(0, 5);
		expect(await fillBatch({ batchSize: 10, lingerMs: 60_000 }, 250, never, empty.read)).toBe(0);
		const closing = source(2, 5);
		expect(await fillBatch({ batchSize: 10, lingerMs: 60_000 }, 250, AbortSignal.abort(), closing.read)).toBe(
			2,
		);
	});
});
