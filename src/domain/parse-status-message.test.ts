import fc from 'fast-check';
import { parseStatusMessages } from './message-formats/message-reader';

const now = Date.parse('2026-03-01T12:00:00Z');
const limits = { now, maxFutureMs: 300_000 };
const reportedAt = '2026-03-01T11:00:00Z';

const parse = (value: unknown) => parseStatusMessages(JSON.stringify(value), limits);
const only = (value: unknown) => {
	const [first, ...more] = parse(value);
	expect(more).toEqual([]);
	return first;
};

describe('parseStatusMessages', () => {
	it('reads the canonical shape', () => {
		const message = {
			messageId: 'box-1/42',
			sequence: 42,
			position: { latitude: 48.1, longitude: 11.5, heading: 90 },
			attributes: { fuelLevel: 12.5, ignition: true, driver: 'Ada' },
		};
		expect(only({ ...message, vehicle: ' 1G4AH59H45G118341 ', reportedAt })).toMatchObject({
			ok: true,
			message: {
				...message,
				vehicleKey: '1G4AH59H45G118341',
				reportedAt: now - 3_600_000,
			},
		});
	});

	it('reads a flat message: other scalars become attributes, null is not reported', () => {
		const flat = {
			externalId: 305975,
			time: 1_772_362_800,
			latitude: 1,
			longitude: 2,
			speed: 50,
			motion: null,
		};
		expect(only(flat)).toMatchObject({
			ok: true,
			message: {
				vehicleKey: '305975',
				reportedAt: 1_772_362_800_000,
				sequence: 0,
				position: { latitude: 1, longitude: 2 },
				attributes: { speed: 50 },
			},
		});
	});

	it('keeps a heading without a position as an attribute', () => {
		expect(only({ vin: 'X', reportedAt, heading: 12 })).toMatchObject({
			message: { position: null, attributes: { heading: 12 } },
		});
	});

	it.each(['vehicle', 'vehicleKey', 'vin', 'plate', 'externalId'])('takes the vehicle from %s', (name) => {
		expect(only({ [name]: 'K', reportedAt })).toMatchObject({
			ok: true,
			message: { vehicleKey: 'K', attributes: {} },
		});
	});

	it('gives a message without an id the hash of its content, whatever the order of its fields', () => {
		const [one, two, other] = [
			{ vehicle: 'A', reportedAt, attributes: { a: 1, b: [].length } },
			{ attributes: { b: 0, a: 1 }, reportedAt, vehicle: 'A' },
			{ vehicle: 'A', reportedAt, attributes: { a: 2, b: 0 } },
		].map((value) => {
			const parsed = only(value);
			return parsed?.ok ? parsed.message.messageId : null;
		});
		expect(one).toMatch(/^[0-9a-z]{8}-[\w-]{22}$/);
		expect(two).toBe(one);
		expect(other).not.toBe(one);
	});

	it('takes the good elements of a list beside bad ones, each bad one kept as its own text', () => {
		const bad = { reportedAt, attributes: { a: 1 } };
		const parsed = parse([{ vehicle: 'A', reportedAt }, bad, 5, { vehicle: 'B', reportedAt }]);
		expect(parsed.map((entry) => entry.ok)).toEqual([true, false, false, true]);
		expect(parsed[1]).toMatchObject({ field: 'vehicle', payload: JSON.stringify(bad) });
		expect(parsed[2]).toMatchObject({ field: null, reason: 'the message is the number 5, not an object' });
	});

	it('says where a text stops being JSON', () => {
		const [parsed] = parseStatusMessages('{"vehicle": "A",\n oops}', limits);
		expect(parsed).toMatchObject({
			ok: false,
			field: null,
			reason: expect.stringContaining('line 2 column 2'),
		});
	});

	it('survives what is nested too deeply', () => {
		const deep = `[${'['.repeat(100_000)}${']'.repeat(100_000)},{"vehicle":"A","reportedAt":"${reportedAt}"}]`;
		expect(parseStatusMessages(deep, limits).map((entry) => entry.ok)).toEqual([false, true]);
	});

	it('answers any text at all, and gives the same text the same ids', () => {
		const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.json());
		fc.assert(
			fc.property(texts, (text) => {
				expect(parseStatusMessages(text, limits)).toEqual(parseStatusMessages(text, limits));
			}),
		);
	});
});

describe('a rejection names field and reason', () => {
	const good = { vehicle: 'A', reportedAt };
	it.each([
		[{ reportedAt }, 'vehicle', 'does not say which vehicle'],
		[{ vehicle: '  ', reportedAt }, 'vehicle', 'does not say which vehicle'],
		[{ vehicle: {}, reportedAt }, 'vehicle', 'vehicle: is an object'],
		[{ vehicle: 'A' }, 'reportedAt', 'does not say when'],
		[{ vehicle: 'A', timestamp: 'soon' }, 'timestamp', "timestamp: 'soon' is not a time"],
		[{ vehicle: 'A', reportedAt: '2027-03-01T12:00:00Z' }, 'reportedAt', 'lies in the future'],
		[
			{ ...good, position: { latitude: 99.45, longitude: 1 } },
			'position.latitude',
			'position.latitude: 99.45 is outside -90..90',
		],
		[{ ...good, latitude: 1, longitude: -181 }, 'longitude', 'longitude: -181 is outside -180..180'],
		[{ ...good, position: { latitude: 1 } }, 'position.longitude', 'is missing'],
		[{ ...good, position: { latitude: '48', longitude: 1 } }, 'position.latitude', "'48' is not a number"],
		[{ ...good, position: [1, 2] }, 'position', 'position: is a list'],
		[{ ...good, sequence: 1.5 }, 'sequence', 'sequence: 1.5 is not a whole number'],
		[{ ...good, attributes: { tyres: { front: 2 } } }, 'attributes.tyres', 'attributes.tyres: is an object'],
		[{ ...good, tyres: [1] }, 'tyres', 'tyres: is a list'],
		[{ ...good, attributes: [1] }, 'attributes', 'attributes: is a list'],
		[{ ...good, attributes: { '': 1 } }, 'attributes', "'' cannot be the name of an attribute"],
		[{ ...good, attributes: { a: 'x\0y' } }, 'attributes.a', 'characters that are no text'],
		[{ ...good, attributes: { a: 'x'.repeat(4001) } }, 'attributes.a', 'longer than 4000'],
		[{ ...good, messageId: 'x'.repeat(201) }, 'messageId', 'longer than 200'],
		[{ ...good, messageId: '\ud800' }, 'messageId', 'characters that are no text'],
		[null, null, 'the message is null, not an object'],
	])('%j', (value, field, reason) => {
		expect(only(value)).toMatchObject({ ok: false, field, reason: expect.stringContaining(reason) });
	});

	it('of numbers that JSON cannot hold', () => {
		const [parsed] = parseStatusMessages(
			`{"vehicle":"A","reportedAt":"${reportedAt}","speed":1e999}`,
			limits,
		);
		expect(parsed).toMatchObject({ field: 'speed', reason: 'speed: Infinity is not a finite number' });
	});

	it('of a name that would change every object', () => {
		const text = `{"vehicle":"A","reportedAt":"${reportedAt}","attributes":{"__proto__":1}}`;
		expect(parseStatusMessages(text, limits)).toMatchObject([{ ok: false, field: 'attributes' }]);
	});
});
