import { messageBuffer } from './message-buffer';

const message = (id: number, payload = 'x') => ({ transportId: String(id), payload });

describe('messageBuffer', () => {
	it('gives back what it was given, in order and in portions', () => {
		const buffer = messageBuffer(1000, 1000);
		const taken: string[] = [];
		for (let id = 0; id < 300; id += 1) {
			buffer.push(message(id));
			if (id % 3 === 0) taken.push(...buffer.take(2).map(({ transportId }) => transportId));
		}
		taken.push(...buffer.take(1000).map(({ transportId }) => transportId));
		expect(taken).toEqual(Array.from({ length: 300 }, (_, id) => String(id)));
		expect(buffer.takeDropped()).toBe(0);
	});

	it('lets the oldest make room when there are too many', () => {
		const buffer = messageBuffer(3, 1000);
		for (let id = 0; id < 10; id += 1) buffer.push(message(id));
		expect(buffer.takeDropped()).toBe(7);
		expect(buffer.takeDropped()).toBe(0);
		expect(buffer.take(10).map(({ transportId }) => transportId)).toEqual(['7', '8', '9']);
	});

	it('lets the oldest make room when they are too long, but keeps one of any length', () => {
		const buffer = messageBuffer(100, 10);
		buffer.push(message(1, 'four'));
		buffer.push(message(2, 'seven..'));
		buffer.push(message(3, 'more than ten characters'));
		expect(buffer.takeDropped()).toBe(2);
		expect(buffer.take(10).map(({ transportId }) => transportId)).toEqual(['3']);
	});
});
