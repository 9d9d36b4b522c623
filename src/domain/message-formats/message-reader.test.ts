import type { MessageFormat } from './message-format';
import { deliver, NOW, readWith, refusals, taken } from './testing/read-with';

const reportedAt = '2026-03-01T11:00:00Z';
const message = (vehicle: string, more: object = {}) => ({ vehicle, reportedAt, ...more });
const idsOf = (messageId: unknown, payload: unknown, transportId?: string) =>
	readWith({ preset: 'fleet', messageId }, payload, transportId === undefined ? {} : { transportId }).map(
		(parsed) => (parsed.ok ? parsed.message.messageId : parsed.messageId),
	);
const HASH = /^[0-9a-z]{8}-[\w-]{22}$/;

describe('the id of a message', () => {
	it('is its own, else its content', () => {
		expect(idsOf('message', [message('A', { messageId: 'm1' }), message('A')])).toEqual([
			'm1',
			expect.stringMatching(HASH),
		]);
	});

	it('is the transport id, of several in a payload each its own', () => {
		expect(idsOf('transport', message('A', { messageId: 'm1' }), '7-0')).toEqual(['7-0']);
		expect(idsOf('transport', [message('A'), { bad: true }, message('A')], '7-0')).toEqual([
			...['7-0#0', '7-0#1', '7-0#2'],
		]);
		expect(idsOf('transport', message('A'))).toEqual([expect.stringMatching(HASH)]);
	});

	it('is the content, whatever id the message carries and in whatever order its fields stand', () => {
		const [one, two, three] = idsOf('content', [
			{ messageId: 'x', ...message('A'), attributes: { a: 1, b: 2 } },
			{ attributes: { b: 2, a: 1 }, ...message('A'), messageId: 'y' },
			message('A', { attributes: { a: 1, b: 3 } }),
		]);
		expect(one).toMatch(HASH);
		expect(two).toBe(one);
		expect(three).not.toBe(one);
	});

	it('is a field, else the content', () => {
		const payload = [
			message('A', { header: { uuid: 'u-1' } }),
			message('A', { header: { uuid: 17 } }),
			message('A'),
		];
		const attributes = { others: true, vehicle: 'vehicle', time: 'reportedAt' };
		const format = { preset: 'custom', messageId: { field: 'header.uuid' }, mapping: attributes };
		expect(taken(format, payload).map(({ messageId }) => messageId)).toEqual([
			'u-1',
			'17',
			expect.stringMatching(HASH),
		]);
		expect(refusals({ ...format, messageId: { field: 'header' } }, payload[0])).toEqual([
			{ field: 'header', reason: 'header: is an object' },
		]);
	});

	it('stays the same when a message comes alone, with the transport id that it has by itself', () => {
		const format: MessageFormat = { preset: 'fleet', messageId: 'transport' };
		const payload = [message('A'), message('B', { latitude: 91, longitude: 1 }), message('C')];
		const all = deliver(format, payload, { transportId: '9', topic: 't' });
		for (const { parsed, delivery } of all) {
			const [again] = deliver(format, parsed.payload, delivery);
			expect(again?.parsed).toMatchObject(
				parsed.ok ? { ok: true, message: parsed.message } : { ok: false, messageId: parsed.messageId },
			);
			expect(again?.delivery).toEqual(delivery);
		}
		expect(all.map(({ delivery }) => delivery.transportId)).toEqual(['9#0', '9#1', '9#2']);
	});
});

describe('the vehicle of a topic', () => {
	const inTopic = (level: number, preset: object = { preset: 'fleet' }) => ({
		...preset,
		vehicleTopicLevel: level,
	});

	it.each([
		[2, 'fleet/TRUCK-7/status', 'TRUCK-7'],
		[-1, 'fleet/status/TRUCK-7', 'TRUCK-7'],
		[1, 'TRUCK-7', 'TRUCK-7'],
	])('is part %i of %s', (level, topic, key) => {
		expect(taken(inTopic(level), { reportedAt, speed: 5 }, { topic })).toMatchObject([
			{ vehicleKey: key, attributes: { speed: 5 } },
		]);
		expect(taken(inTopic(level), message('IGNORED', { vin: 'IGNORED' }), { topic })).toMatchObject([
			{ vehicleKey: key, attributes: {} },
		]);
	});

	it('takes the place of what any format says, and is not needed without a topic', () => {
		const rfms = { vin: 'V', createdDateTime: reportedAt };
		const format = inTopic(2, { preset: 'rfms' });
		expect(taken(format, rfms, { topic: 'a/b' })).toMatchObject([{ vehicleKey: 'b' }]);
		expect(taken(format, rfms)).toMatchObject([{ vehicleKey: 'V' }]);
		const custom = inTopic(-2, { preset: 'custom', mapping: { time: 't' } });
		expect(taken(custom, [{ t: reportedAt }], { topic: 'x/K/y' })).toMatchObject([{ vehicleKey: 'K' }]);
		expect(refusals(custom, { t: reportedAt })).toEqual([
			{ field: 'vehicle', reason: 'vehicle: the message does not say which vehicle it is about' },
		]);
	});

	it.each([
		[3, 'a/b'],
		[2, 'a//c'],
		[-4, 'a/b/c'],
	])('refuses a message when part %i of %s is none', (level, topic) => {
		expect(refusals(inTopic(level), message('A'), { topic })).toEqual([
			{ field: 'topic', reason: `topic: '${topic}' has no part ${level} to be the vehicle` },
		]);
	});
});

describe('several messages in one payload', () => {
	it('are read line by line, the bad lines by themselves', () => {
		const lines = [
			'\ufeff' + JSON.stringify(message('A')),
			'',
			'{"vehicle": oops',
			JSON.stringify(message('B')) + '\r',
			'5',
		];
		const read = readWith(
			'fleet',
			`${[...lines, JSON.stringify([message('C'), message('D')])].join('\n')}\n`,
		);
		expect(read.map((parsed) => (parsed.ok ? parsed.message.vehicleKey : parsed.reason))).toEqual([
			...['A', expect.stringContaining('the message is not JSON'), 'B'],
			...['the message is the number 5, not an object', 'C', 'D'],
		]);
		expect(read.map(({ payload }) => payload)).toEqual([
			JSON.stringify(message('A')),
			lines[2],
			JSON.stringify(message('B')),
			'5',
			JSON.stringify(message('C')),
			JSON.stringify(message('D')),
		]);
	});

	it('are read of the other lines when one is a list of too many', () => {
		const list = JSON.stringify(Array.from({ length: 200_000 }, () => 7));
		expect(readWith('fleet', `${JSON.stringify(message('A'))}\n${list}`)).toMatchObject([
			{ ok: true },
			{ ok: false, payload: list },
		]);
	});

	it('are one that is broken when its lines are no messages', () => {
		const broken = JSON.stringify([message('A'), message('B')], null, 2).slice(0, -3);
		const read = readWith('fleet', broken);
		expect(read).toMatchObject([{ ok: false, field: null, payload: broken }]);
	});

	it('of a list keep the place of the payload when one is nested too deeply to be written', () => {
		const deep = `[${'['.repeat(100_000)}${']'.repeat(100_000)},${JSON.stringify(message('A'))}]`;
		for (const format of ['fleet', 'rfms', 'samsara']) {
			const read = readWith(format, deep);
			expect(read).toHaveLength(2);
			expect(read[0]).toMatchObject({ ok: false, payload: `${deep.slice(0, 65_536)}#0` });
		}
		expect(readWith('fleet', deep)[1]).toMatchObject({ ok: true, message: { reportedAt: NOW - 3_600_000 } });
	});
});
