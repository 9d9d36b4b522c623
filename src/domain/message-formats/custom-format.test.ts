import fc from 'fast-check';
import { UNIT_NAMES, toCanonical } from '../units';
import { PRESETS } from './message-format';
import { readWith, refusals, taken } from './testing/read-with';

const custom = (mapping: object, more: object = {}) => ({ preset: 'custom', mapping, ...more });

describe('a custom format', () => {
	const mapping = {
		vehicle: ['device.vin', 'device.imei'],
		time: 'data.ts',
		messageId: 'header.uuid',
		sequence: 'header.counter',
		latitude: 'data.position.0',
		longitude: 'data.position.1',
		heading: 'data.course',
		attributes: [
			{ path: 'can.speed', name: 'speed', unit: 'mph' },
			{ path: ['can.fuel', 'can.fuelPercent'], name: 'fuelLevel' },
			{ path: 'can.temp', name: 'coolantTemperature', unit: '°F' },
			{ path: 'ignition', name: 'ignition' },
		],
	};
	const payload = {
		device: { vin: null, imei: 352093081452251 },
		header: { uuid: 'u-1', counter: 7 },
		data: { ts: 1_772_362_800, position: [48.1, '11.5'], course: 90 },
		can: { speed: '60', fuelPercent: 50, temp: 194, rpm: 900 },
		ignition: true,
		firmware: { version: '1.2' },
	};
	const expected = {
		messageId: 'u-1',
		vehicleKey: '352093081452251',
		reportedAt: 1_772_362_800_000,
		sequence: 7,
		position: { latitude: 48.1, longitude: 11.5, heading: 90 },
		attributes: { speed: 96.56064, fuelLevel: 50, coolantTemperature: 90, ignition: true },
	};

	it('takes what the operator says, in the units that he says', () => {
		expect(taken(custom(mapping), payload)).toEqual([expected]);
	});

	it('takes all other fields as well, those of objects named after both', () => {
		expect(taken(custom({ ...mapping, others: true }), payload)).toEqual([
			{ ...expected, attributes: { ...expected.attributes, canRpm: 900, firmwareVersion: '1.2' } },
		]);
		expect(taken(custom({ ...mapping, others: 'can' }), payload)[0]?.attributes).toMatchObject({ rpm: 900 });
	});

	it('finds a list of messages, and what they have in common at the payload', () => {
		const list = {
			device: 'K1',
			log: {
				readings: [
					{ t: '2026-03-01T11:00:00Z', v: 1 },
					7,
					{ v: 2 },
					{ t: '2026-03-01T11:01:00Z', v: { x: 1 } },
				],
			},
		};
		const format = custom({
			items: 'log.readings',
			vehicle: '$.device',
			time: 't',
			attributes: [{ path: 'v', name: 'level' }],
		});
		const read = readWith(format, list);
		expect(read.map((parsed) => (parsed.ok ? parsed.message : parsed.reason))).toEqual([
			expect.objectContaining({ vehicleKey: 'K1', attributes: { level: 1 } }),
			'the message is the number 7, not an object',
			't: the message does not say when it was reported',
			'v: is an object',
		]);
		// Each is kept with what it needs of the payload, and no more.
		expect(JSON.parse(read[2]?.payload ?? '')).toEqual({ device: 'K1', log: { readings: [{ v: 2 }] } });
		expect(refusals(format, read[2]?.payload)).toEqual([
			{ field: 't', reason: 't: the message does not say when it was reported' },
		]);
		expect(taken(format, read[0]?.payload)).toMatchObject([{ attributes: { level: 1 } }]);
		expect(taken(format, { device: 'K1', log: { readings: null } })).toEqual([]);
		expect(taken(format, { device: 'K1', log: { readings: list.log.readings[0] } })).toHaveLength(1);
		expect(refusals(format, { device: 'K1' })).toEqual([
			{ field: 'log.readings', reason: 'log.readings: there is no list of messages' },
		]);
	});

	it('finds names that have dots in them', () => {
		const flat = {
			ident: 'K',
			timestamp: 1_772_362_800,
			'position.latitude': 1,
			'position.longitude': 2,
			'can.rpm': 900,
		};
		const format = custom({
			...{
				vehicle: 'ident',
				time: 'timestamp',
				latitude: 'position.latitude',
				longitude: 'position.longitude',
			},
			...{ attributes: [{ path: 'can.rpm', name: 'rpm' }], others: true },
		});
		expect(taken(format, flat)).toMatchObject([
			{ position: { latitude: 1, longitude: 2 }, attributes: { rpm: 900 } },
		]);
		expect(taken(format, flat)[0]?.attributes).toEqual({ rpm: 900 });
	});

	it.each([
		['iso', '2026-03-01T11:00:00Z', 1_772_362_800_000],
		['epochSeconds', 1_772_362_800, 1_772_362_800_000],
		['epochSeconds', '1772362800.5', 1_772_362_800_500],
		['epochMilliseconds', '1772362800000', 1_772_362_800_000],
		['auto', '2026-03-01 11:00:00', 1_772_362_800_000],
	])('takes a time as %s: %s', (timeForm, time, expectedTime) => {
		const format = custom({ vehicle: 'v', time: 't', timeForm });
		expect(taken(format, { v: 'K', t: time })).toMatchObject([{ reportedAt: expectedTime }]);
	});

	it.each([
		['iso', 1_772_362_800],
		['epochSeconds', '2026-03-01T11:00:00Z'],
		['epochMilliseconds', true],
	])('refuses as %s the time %s', (timeForm, time) => {
		expect(refusals(custom({ vehicle: 'v', time: 't', timeForm }), { v: 'K', t: time })).toEqual([
			{ field: 't', reason: expect.stringMatching(/^t: .* is not a time in this form$/) },
		]);
	});

	it('finds again what was put where it says', () => {
		const name = fc.stringMatching(/^[a-z][a-zA-Z0-9]{0,8}$/);
		const path = fc.uniqueArray(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('.'));
		const row = fc.record({ unit: fc.constantFrom(...UNIT_NAMES), value: fc.integer({ min: 1, max: 1000 }) });
		fc.assert(
			fc.property(path, path, fc.array(row, { maxLength: 8 }), (vehicle, time, rows) => {
				const place = (at: string, value: unknown): object =>
					at.split('.').reduceRight((inner: unknown, one) => ({ [one]: inner }), value) as object;
				const payload = {
					vehiclePart: place(vehicle, 'K'),
					timePart: place(time, '2026-03-01T11:00:00Z'),
					...Object.fromEntries(rows.map(({ value }, index) => [`row${index}`, { value }])),
				};
				const attributes = rows.map(({ unit }, index) => ({
					path: `row${index}.value`,
					name: `a${index}`,
					unit,
				}));
				const format = custom({ vehicle: `vehiclePart.${vehicle}`, time: `timePart.${time}`, attributes });
				const expectedValues = rows.map(({ unit, value }, index) => [`a${index}`, toCanonical(value, unit)]);
				expect(taken(format, payload)).toMatchObject([
					{ vehicleKey: 'K', attributes: Object.fromEntries(expectedValues) },
				]);
			}),
		);
	});
});

describe('every format', () => {
	const mapping = {
		...{ items: 'data', vehicle: ['id', '$.id'], time: ['time', '$.header.timestamp'], others: true },
		...{ latitude: 'position.latitude', longitude: 'position.longitude', messageId: 'eventId' },
		attributes: [{ path: 'speed', name: 'speed', unit: 'kn' }],
	};
	const formats = PRESETS.map((preset) => (preset === 'custom' ? custom(mapping) : { preset }));
	const words = fc.constantFrom(
		...[
			'id',
			'vin',
			'vehicle',
			'time',
			'data',
			'position',
			'attributes',
			'device',
			'uniqueId',
			'fixTime',
			'entity',
		],
		...[
			'signals',
			'code',
			'body',
			'value',
			'status',
			'meta',
			'gps',
			'latitude',
			'longitude',
			'timestamp',
			'0C',
		],
		...['vehicleStatuses', 'snapshotData', '__proto__', 'constructor', 'messageId', 'eventId', '', 'header'],
	);
	const { json } = fc.letrec<{ json: unknown }>((tie) => ({
		json: fc.oneof(
			{ depthSize: 'small' },
			fc.constantFrom<unknown>(
				'2026-03-01T11:00:00Z',
				1_772_362_800,
				'SUCCESS',
				'K',
				null,
				99.45,
				true,
				'1AF8',
				1e999,
			),
			fc.array(tie('json'), { maxLength: 4 }),
			fc.array(fc.tuple(words, tie('json')), { maxLength: 6 }).map((fields) => Object.fromEntries(fields)),
		),
	}));

	it('answers any JSON, the same twice, and each message alone as among others', () => {
		fc.assert(
			fc.property(fc.constantFrom(...formats), json, (format, value) => {
				const payload = JSON.stringify(value);
				const read = readWith(format, payload);
				expect(readWith(format, payload)).toEqual(read);
				if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
				// A message that cannot be read leaves the one beside it as it was.
				const beside = readWith(format, `[${payload},"spoilt"]`);
				const plain = (parsed: (typeof read)[number]) => (parsed.ok ? parsed.message : parsed.reason);
				expect(beside.slice(0, -1).map(plain)).toEqual(read.map(plain));
				expect(beside.at(-1)).toMatchObject({ ok: false });
			}),
			{ numRuns: 1000 },
		);
	});
});
