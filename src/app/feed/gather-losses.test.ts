import { lossGatherer } from './gather-losses';

describe('lossGatherer', () => {
	beforeEach(() => jest.useFakeTimers());
	afterEach(() => jest.useRealTimers());

	it('tells the first at once, and what follows in sums, so that a slow reader does not flood a log', () => {
		const told: unknown[] = [];
		const losses = lossGatherer((loss) => told.push(loss));
		for (let count = 0; count < 100; count++) losses.add({ count: 2, reason: 'the buffer is full' });
		losses.add({ count: 5, reason: 'trimmed' });
		losses.add({ count: null, reason: 'trimmed' });
		expect(told).toEqual([{ count: 2, reason: 'the buffer is full' }]);
		jest.advanceTimersByTime(10_000);
		expect(told.slice(1)).toEqual([
			{ count: 198, reason: 'the buffer is full' },
			{ count: null, reason: 'trimmed' },
		]);
	});

	it.each([1, 15])(
		'tells less and less often what goes on, each %d s, and nothing is left out',
		(seconds) => {
			const told: { count: number | null; minute: number }[] = [];
			const losses = lossGatherer(({ count }) => told.push({ count, minute: Date.now() / 60_000 }));
			const begun = Date.now() / 60_000;
			let lost = 0;
			for (; lost * seconds < 6 * 3600; lost++) {
				losses.add({ count: 1, reason: 'the buffer is full' });
				jest.advanceTimersByTime(seconds * 1000);
			}
			losses.flush();
			expect(told.reduce((sum, { count }) => sum + (count ?? 0), 0)).toBe(lost);
			expect(told.length).toBeLessThan(50);
			expect(told.filter(({ minute }) => minute < begun + 60).length).toBeGreaterThan(8);
		},
	);

	it('tells at once again, and soon the rest, when nothing was lost for long', () => {
		const told: unknown[] = [];
		const losses = lossGatherer(({ count }) => told.push(count));
		for (let count = 0; count < 1000; count++) {
			losses.add({ count: 1, reason: 'trimmed' });
			jest.advanceTimersByTime(1000);
		}
		jest.advanceTimersByTime(40 * 60_000);
		told.length = 0;
		losses.add({ count: 7, reason: 'trimmed' });
		losses.add({ count: 8, reason: 'trimmed' });
		jest.advanceTimersByTime(10_000);
		expect(told).toEqual([7, 8]);
	});

	it('tells what is left when it is flushed, and nothing twice', () => {
		const told: unknown[] = [];
		const losses = lossGatherer((loss) => told.push(loss));
		losses.add({ count: 1, reason: 'trimmed' });
		losses.add({ count: 3, reason: 'trimmed' });
		losses.flush();
		jest.advanceTimersByTime(60_000);
		expect(told).toEqual([
			{ count: 1, reason: 'trimmed' },
			{ count: 3, reason: 'trimmed' },
		]);
	});
});
