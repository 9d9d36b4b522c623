import { backoffMs, pause } from './pause';

describe('backoffMs', () => {
	it('doubles up to its limit, by chance up to a half less', () => {
		for (const [attempt, full] of [
			[1, 100],
			[2, 200],
			[5, 1600],
			[9, 15_000],
			[10_000, 15_000],
		] as const) {
			for (let round = 0; round < 20; round += 1) {
				const ms = backoffMs(attempt, 15_000);
				expect(ms).toBeGreaterThanOrEqual(full / 2);
				expect(ms).toBeLessThanOrEqual(full);
			}
		}
	});
});

describe('pause', () => {
	it('ends early when it is aborted', async () => {
		const signal = AbortSignal.timeout(20);
		const began = performance.now();
		await pause(60_000, signal);
		await pause(60_000, signal);
		expect(performance.now() - began).toBeLessThan(5000);
	});
});
