import { kafkaBuffer } from './kafka-buffer';
import type { Stretch } from './kafka-records';

function stretch(partition: number, first: number, count: number, next = first + count): Stretch {
	const offsets = Array.from({ length: count }, (_, index) => first + index);
	const messages = offsets.map((offset) => ({ transportId: `${partition}-${offset}`, payload: '' }));
	return { partition, messages, offsets, next, bytes: count * 10 };
}

it('merges partitions into batches, and knows where each goes on', () => {
	const buffer = kafkaBuffer();
	buffer.push(stretch(0, 10, 3), 1);
	buffer.push(stretch(1, 50, 2, 60), 2);
	expect({ count: buffer.count, bytes: buffer.bytes, since: buffer.since }).toEqual({
		count: 5,
		bytes: 50,
		since: 1,
	});
	const first = buffer.take(2);
	expect(first?.messages.map(({ transportId }) => transportId)).toEqual(['0-10', '0-11']);
	expect([...(first?.next ?? [])]).toEqual([[0, 12]]);
	const second = buffer.take(2);
	expect(second?.messages.map(({ transportId }) => transportId)).toEqual(['0-12', '1-50']);
	expect([...(second?.next ?? [])]).toEqual([
		[0, 13],
		[1, 51],
	]);
	expect(buffer.since).toBe(2);
	const third = buffer.take(2);
	expect(third?.messages).toHaveLength(1);
	expect([...(third?.next ?? [])]).toEqual([[1, 60]]);
	expect({ count: buffer.count, bytes: buffer.bytes, since: buffer.since }).toEqual({
		count: 0,
		bytes: 0,
		since: null,
	});
	expect(buffer.take(2)).toBeNull();
});

it('hands out places without messages, so that they can be committed', () => {
	const buffer = kafkaBuffer();
	buffer.push(stretch(0, 10, 0, 14), 1);
	expect(buffer.take(5)).toEqual({ messages: [], next: new Map([[0, 14]]) });
});

it('takes places without messages along with what comes before them', () => {
	const buffer = kafkaBuffer();
	buffer.push(stretch(0, 10, 2), 1);
	buffer.push(stretch(0, 12, 0, 20), 1);
	expect([...(buffer.take(2)?.next ?? [])]).toEqual([[0, 20]]);
});
