import { compareIds, type StreamState, waitingEntries } from './stream-state';

const stream: StreamState = {
	length: 100,
	firstId: '1000-0',
	lastId: '2000-0',
	maxDeletedId: '0-0',
	entriesAdded: 150,
};
const group = { lastId: '1500-0', entriesRead: 90, pending: 0, consumers: 0 };

describe('ids of entries', () => {
	it('compare as numbers, however large', () => {
		expect(compareIds('9-0', '10-0')).toBeLessThan(0);
		expect(compareIds('10-2', '10-10')).toBeLessThan(0);
		expect(compareIds('18446744073709551615-1', '18446744073709551614-2')).toBeGreaterThan(0);
		expect(compareIds('0', '0-0')).toBe(0);
	});
});

describe('entries that wait', () => {
	it('are counted where Redis counts', () => {
		expect(waitingEntries(stream, group)).toBe(60);
		expect(waitingEntries(stream, { ...group, entriesRead: 20 })).toBe(100);
		expect(waitingEntries(stream, { ...group, lastId: '2000-0', pending: 3 })).toBe(3);
	});

	it('are judged by their times where it does not', () => {
		const uncounted = { ...stream, entriesAdded: null };
		expect(waitingEntries(uncounted, { ...group, entriesRead: null })).toBe(50);
		expect(waitingEntries(uncounted, { ...group, lastId: '0-0' })).toBe(100);
		expect(waitingEntries(uncounted, { ...group, lastId: '2000-0' })).toBe(0);
	});
});
