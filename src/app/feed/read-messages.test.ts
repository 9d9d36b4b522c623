import { deflateSync, gzipSync } from 'node:zlib';
import type { MessageFormat } from '../../domain/message-formats/message-format';
import { batchReader } from './read-messages';
import { payloadText } from './payload-text';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const MB = 1024 * 1024;
const LIMITS = { now: NOW, maxFutureMs: 300_000 };
const FLEET: MessageFormat = { preset: 'fleet', messageId: 'message' };

const readAll = (payloads: readonly (string | Uint8Array)[], format: MessageFormat = FLEET) => [
	...batchReader('f', format)(
		payloads.map((payload, index) => ({ payload, transportId: `7-${index}`, topic: 'a/b' })),
		LIMITS,
	),
];
const read = (...given: Parameters<typeof readAll>) => {
	const [batch, ...more] = readAll(...given);
	if (batch === undefined || more.length > 0) throw new Error('It is not one batch');
	return batch;
};
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
		const bomb = gzipSync(Buffer.alloc(17 * MB, ' '));
		const { reports, rejected } = read([bomb, deflateSync(Buffer.alloc(17 * MB)), message('A')]);
		expect(reports).toHaveLength(1);
		expect(rejected.map(({ reason }) => reason)).toEqual([
			'the message inflates to more than 16 MB. Send fewer messages in one payload.',
			'the message inflates to more than 16 MB. Send fewer messages in one payload.',
		]);
		expect(rejected[0]?.payload).toBe(base64(bomb));
	});

	it('refuses what is too large as it came, and keeps its beginning, which is never taken for the whole', () => {
		const lines = `${message('A')}\n`.repeat(400_000);
		const { reports, rejected } = read([lines, bytes(lines)]);
		expect(reports).toEqual([]);
		expect(rejected).toHaveLength(1);
		expect(rejected[0]?.reason).toContain(
			'has more than 16 MB (of its 20800000 characters only the beginning is kept, so it cannot be replayed)',
		);
		expect(rejected[0]?.payload).toHaveLength(MB);
		expect(read([rejected[0]?.payload ?? '']).reports).toEqual([]);
		expect(read([rejected[0]?.payload ?? '']).rejected[0]?.reason).toContain(
			'only the beginning of the message is kept, so it cannot be replayed. Send it again, in smaller payloads',
		);
	});

	it('keeps a long message compressed, and reads it from that', () => {
		const long = message('A', { attributes: { text: 'x'.repeat(2 * MB) } });
		const [rejected] = read([long]).rejected;
		expect(rejected?.payload).toMatch(/^base64:.{1000,20000}$/);
		expect(rejected?.reason).toContain(`(its ${long.length} characters are kept compressed)`);
		expect(read([rejected?.payload ?? '']).rejected[0]).toMatchObject({
			messageId: rejected?.messageId,
			payload: rejected?.payload,
			field: 'attributes.text',
		});
	});

	it('reads on only when what it has read is taken, where a few payloads hold very much', () => {
		const asked: number[] = [];
		const list = gzipSync(`[${Array.from({ length: 6000 }, (_, n) => message(`A ${n}`)).join()}]`);
		const wide = gzipSync(message('B', { attributes: { text: 'x'.repeat(15 * MB) } }));
		const messages = [list, list, list, wide, wide, wide, message('C')].map((payload, index) => ({
			get payload() {
				asked.push(index);
				return payload;
			},
		}));
		const found: unknown[] = [];
		for (const { reports, rejected, duplicates } of batchReader('f')(messages, LIMITS)) {
			found.push([reports.length, rejected.length, duplicates, asked.length]);
		}
		expect(found).toEqual([
			[6000, 0, 6000, 2],
			[6000, 1, 2, 6],
			[1, 0, 0, 7],
		]);
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
		const noise = Uint8Array.from({ length: MB }, (_, index) => 0x80 | ((index * 31) % 128));
		const [rejected] = read([noise]).rejected;
		expect(rejected?.payload).toBe(
			`[cut: the beginning of 1398111 characters] ${base64(noise)}`.slice(0, MB),
		);
		expect(rejected?.reason).toContain('(of its 1398111 characters only the beginning is kept');
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
