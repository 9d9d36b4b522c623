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
		losses.add({ count: 1, reason: 'trimmed' });
		expect(told).toHaveLength(4);
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
