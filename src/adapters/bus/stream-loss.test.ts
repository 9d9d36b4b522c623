import { findLoss, NOTHING_TOLD } from './stream-loss';
import type { StreamState } from './stream-state';

/** A stream of 100 entries, `1-0` to `100-0`, of which the first ones may be gone. */
const stream = (removed: number, more: Partial<StreamState> = {}): StreamState => ({
	length: 100 - removed,
	firstId: removed === 100 ? null : `${removed + 1}-0`,
	lastId: '100-0',
	maxDeletedId: '0-0',
	entriesAdded: 100,
	...more,
});
const uncounted = (removed: number, more: Partial<StreamState> = {}) =>
	stream(removed, { maxDeletedId: null, entriesAdded: null, ...more });
const read = (count: number, position: number | null = count) => ({ lastId: `${count}-0`, position });

describe('losses of a stream', () => {
	it('are what was added, and neither read nor there', () => {
		expect(findLoss(stream(30), read(10), NOTHING_TOLD)).toMatchObject({ loss: { count: 20 }, position: 30 });
		expect(findLoss(stream(100), read(10), NOTHING_TOLD)).toMatchObject({
			loss: { count: 90 },
			position: 100,
		});
	});

	it('are none when what is gone was read', () => {
		expect(findLoss(stream(10), read(10), NOTHING_TOLD).loss).toBeNull();
		expect(findLoss(stream(50), read(60), NOTHING_TOLD).loss).toBeNull();
		expect(findLoss(stream(100), read(100), NOTHING_TOLD).loss).toBeNull();
	});

	it('are told of at the end where the reading has jumped over them', () => {
		expect(findLoss(stream(60), read(100, 70), NOTHING_TOLD)).toMatchObject({
			loss: { count: 30 },
			position: 100,
		});
	});

	it('are told of without a number, once, when one was taken from the middle', () => {
		const middle = stream(0, { maxDeletedId: '50-0', length: 99 });
		const first = findLoss(middle, read(10), NOTHING_TOLD);
		expect(first.loss).toEqual({ count: null });
		expect(findLoss(middle, read(20), first.memory).loss).toBeNull();
		expect(findLoss(middle, read(100, 99), first.memory)).toMatchObject({ loss: null, position: 100 });
	});

	it('are counted from where the reading is at the end, if Redis does not know how many were read', () => {
		expect(findLoss(stream(60), read(10, null), NOTHING_TOLD)).toMatchObject({ loss: null, position: null });
		expect(findLoss(stream(60), read(100, null), NOTHING_TOLD)).toMatchObject({ loss: null, position: 100 });
	});

	it('are certain before Redis 7 only when everything is gone, or what was seen to be there', () => {
		expect(findLoss(uncounted(100), read(10, null), NOTHING_TOLD).loss).toEqual({ count: null });
		expect(findLoss(uncounted(100), read(100, null), NOTHING_TOLD).loss).toBeNull();
		expect(findLoss(uncounted(30), read(10, null), NOTHING_TOLD).loss).toBeNull();
		const seen = findLoss(uncounted(0, { lastId: '20-0', length: 20 }), read(10, null), NOTHING_TOLD);
		const found = findLoss(uncounted(30), read(10, null), seen.memory);
		expect(found.loss).toEqual({ count: null });
		expect(findLoss(uncounted(30), read(10, null), found.memory).loss).toBeNull();
	});
});
