import { emailMessageId, MAX_ATTEMPTS, retryDelayMs } from './action';

describe('retryDelayMs', () => {
	it('waits a minute first, twice as long each time, and never more than an hour', () => {
		const minutes = Array.from({ length: MAX_ATTEMPTS }, (_, index) => retryDelayMs(index + 1) / 60_000);
		expect(minutes).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60, 60]);
	});
});

describe('emailMessageId', () => {
	it('depends on nothing but the key of the action', () => {
		expect(emailMessageId({ firingId: 12, position: 1, occurredAt: 99 })).toBe(
			'firing-12-action-1-99@n8n-nodes-fleet',
		);
	});
});
