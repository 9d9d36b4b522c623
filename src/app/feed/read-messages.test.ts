import { deflateSync, gzipSync } from 'node:zlib';
import type { MessageFormat } from '../../domain/message-formats/message-format';
import { batchReader } from './read-messages';
import { payloadText } from './payload-text';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const LIMITS = { now: NOW, maxFutureMs: 300_000 };
const FLEET: MessageFormat = { preset: 'fleet', messageId: 'message' };

const read = (payloads: readonly (string | Uint8Array)[], format: MessageFormat = FLEET) =>
	batchReader('f', format)(
		payloads.map((payload, index) => ({ payload, transportId: `7-${index}`, topic: 'a/b' })),
		LIMITS,
	);
const message = (vehicle: string, more: object = {}) =>
	JSON.stringify({ vehicle, reportedAt: '2026-03-01T11:00:00Z', ...more });
const vehicles = (payload: string | Uint8Array, format?: MessageFormat) =>
	read([payload], format).reports.map((report) => report.message.vehicleKey);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const base64 = (payload: Uint8Array): string => `base64:${Buffer.from(payload).toString('base64')}`;

describe('batchReader', () => {
	it('reads text and bytes, compressed or not, one message or several', () => {
		const list = `[${message('A')},${message('B')}]`;
		for (const payload of [list, bytes(list), gzipSync(list), deflateSync(list), base64(gzipSync(list))]) {
			expect(vehicles(payload)).toEqual(['A', 'B']);
		}
		const lines = `${message('A')}\n${message('B')}\n`;
		const members = Buffer.concat([gzipSync(message('A') + '\n'), gzipSync(message('B'))]);
		for (const payload of [lines, gzipSync(lines), members]) expect(vehicles(payload)).toEqual(['A', 'B']);
	});

	it('counts repetitions in a batch once, taken or rejected', () => {
		const { reports, rejected, duplicates } = read([
			message('A'),
			message('A'),
			'oops',
			'oops',
			message('B'),
		]);
		expect(reports).toHaveLength(2);
		expect(rejected).toHaveLength(1);
		expect(duplicates).toBe(2);
	});

	it('tells how each message would have come alone', () => {
		const payload = `[${message('A')},{"vehicle":"B"},5]`;
		const { reports, rejected } = read([message('X'), payload], { preset: 'fleet', messageId: 'transport' });
		expect(reports.map(({ delivery, message: { messageId } }) => [delivery, messageId])).toEqual([
			[expect.objectContaining({ transportId: '7-0', topic: 'a/b' }), '7-0'],
			[{ transportId: '7-1#0', topic: 'a/b' }, '7-1#0'],
		]);
		expect(reports[1]?.payload).toBe(message('A'));
		expect(rejected).toEqual([
			{
				feed: 'f',
				messageId: '7-1#1',
				payload: '{"vehicle":"B"}',
				reason: expect.stringContaining(
					'reportedAt: the message does not say when it was reported. Give the time',
				),
				field: 'reportedAt',
				receivedAt: NOW,
				transportId: '7-1#1',
				topic: 'a/b',
			},
			expect.objectContaining({ messageId: '7-1#2', payload: '5', field: null }),
		]);
	});

	it('refuses a bomb, and keeps it', () => {
		const bomb = gzipSync(Buffer.alloc(65 * 1024 * 1024, ' '));
		const { reports, rejected } = read([bomb, deflateSync(Buffer.alloc(65 * 1024 * 1024)), message('A')]);
		expect(reports).toHaveLength(1);
		expect(rejected.map(({ reason }) => reason)).toEqual([
			'the message inflates to more than 64 MB. Send fewer messages in one payload.',
			'the message inflates to more than 64 MB. Send fewer messages in one payload.',
		]);
		expect(rejected[0]?.payload).toBe(base64(bomb));
	});

	it('refuses bytes that are no text, and what is compressed but cut; a replay reads the same bytes', () => {
		const cut = gzipSync(message('A')).subarray(0, 30);
		const noText = Uint8Array.from([0xff, 0xfe, 0x00, 0x41]);
		const { rejected } = read([cut, noText]);
		expect(rejected.map(({ reason, payload }) => [reason, payload])).toEqual([
			[
				expect.stringMatching(/^the message is compressed, but broken: .*\. Send it again, whole\.$/),
				base64(cut),
			],
			[expect.stringContaining('the message is neither text in UTF-8 nor compressed text'), base64(noText)],
		]);
		const again = read(rejected.map(({ payload }) => payload));
		expect(again.rejected.map(({ messageId }) => messageId)).toEqual(
			rejected.map(({ messageId }) => messageId),
		);
	});

	it('keeps no more than the beginning of much that nobody can read', () => {
		const noise = Uint8Array.from({ length: 1024 * 1024 }, (_, index) => 0x80 | ((index * 31) % 128));
		const [rejected] = read([noise]).rejected;
		expect(rejected?.payload).toBe(base64(noise.subarray(0, 768 * 1024)));
		expect(rejected?.reason).toContain('(of its 1048576 bytes the first 786432 are kept)');
	});

	it('takes a text for base64 only when it is', () => {
		for (const text of ['base64:', 'base64:###', 'base64:abc']) {
			expect(read([text]).rejected).toMatchObject([
				{ payload: text, reason: expect.stringContaining('the message is not JSON') },
			]);
		}
		expect(vehicles(base64(bytes(message('A'))))).toEqual(['A']);
	});

	it('never stops at anything', () => {
		const everything = [
			'',
			'\0',
			'null',
			'[]',
			'{}',
			'[[]]',
			'\n',
			'5',
			new Uint8Array(),
			Uint8Array.from([0x1f, 0x8b]),
		];
		const { rejected } = read(everything);
		expect(rejected.length).toBeGreaterThan(5);
		expect(rejected.every(({ payload }) => !payload.includes('\0'))).toBe(true);
	});
});

describe('payloadText', () => {
	it('is the text, or base64 of what is none', () => {
		expect(payloadText('{}')).toBe('{}');
		expect(payloadText(bytes('Zoë'))).toBe('Zoë');
		expect(payloadText(Uint8Array.from([0xff]))).toBe('base64:/w==');
	});
});
