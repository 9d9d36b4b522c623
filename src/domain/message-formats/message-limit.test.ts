import { PbfWriter } from 'pbf';
import type { MessageFormat } from './message-format';
import { messageReader } from './message-reader';

const NOW = Date.parse('2026-03-01T12:00:00Z');

function read(format: MessageFormat, payload: string | Uint8Array) {
	const found: { ok: boolean; reason?: string; payload: string }[] = [];
	messageReader(format).read(payload, {}, { now: NOW, maxFutureMs: 0 }, (parsed) => found.push(parsed));
	return found;
}

const many = (one: string, separator: string): string =>
	Array.from({ length: 50_001 }, () => one).join(separator);

describe('a payload with very many messages', () => {
	const fleet: MessageFormat = { preset: 'fleet', messageId: 'message' };
	const custom: MessageFormat = {
		preset: 'custom',
		messageId: 'content',
		mapping: { items: 'list', vehicle: '$.box', time: 't' },
	};
	const half = Array.from({ length: 30_000 }, () => '{}').join();
	const readings = Array.from({ length: 50_001 }, (_, time) => ({ time, value: 1 }));
	it.each<[string, MessageFormat, string]>([
		['a list', fleet, `[${many('{}', ',')}]`],
		['lines', fleet, many('{}', '\n')],
		['a list in a mapped format', custom, `{"list":[${many('{}', ',')}]}`],
		['lists in lines', custom, `{"list":[${half}]}\n{"list":[${half}]}`],
		['readings', { preset: 'samsara', messageId: 'content' }, JSON.stringify({ id: 1, gps: readings })],
	])('is one that is refused: %s', (_, format, payload) => {
		expect(read(format, payload)).toMatchObject([
			{ ok: false, reason: 'the payload holds more than 50000 messages', payload },
		]);
	});

	it('is one that is refused: entities of a FeedMessage', () => {
		const pbf = new PbfWriter();
		for (let count = 0; count < 50_001; count++) pbf.writeBytesField(2, new Uint8Array());
		expect(read({ preset: 'gtfsRealtime', messageId: 'content' }, pbf.finish())).toMatchObject([
			{ ok: false, reason: 'the payload holds more than 50000 messages' },
		]);
	});

	it('keeps of a long value that all share no more with each than is needed to read the same', () => {
		const payload = JSON.stringify({ box: 'x'.repeat(100_000), list: [{ t: NOW }, { t: NOW - 1 }] });
		const found = read(custom, payload);
		expect(found.map(({ payload: { length } }) => length < 5000)).toEqual([true, true]);
		const [alone] = read(custom, found[0]?.payload ?? '');
		expect(alone?.reason).toBe(found[0]?.reason);
	});
});
