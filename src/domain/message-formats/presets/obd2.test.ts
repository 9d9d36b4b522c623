import { refusals, taken } from '../testing/read-with';

const base = { vehicle: 'M-AB 123', time: '2026-03-01T11:00:00Z' };
const attributes = (responses: object) => taken('obd2', { ...base, ...responses })[0]?.attributes;

describe('obd2', () => {
	it.each([
		['04', 'FF', { engineLoad: 100 }],
		['04', '00', { engineLoad: 0 }],
		['05', '7B', { coolantTemperature: 83 }],
		['05', '00', { coolantTemperature: -40 }],
		['0C', '1AF8', { rpm: 1726 }],
		['0D', '32', { speed: 50 }],
		['2F', '80', { fuelLevel: (128 * 100) / 255 }],
		['A6', '00012345', { odometer: 7456.5 }],
		['A6', 'FFFFFFFF', { odometer: 429496729.5 }],
		['01', '83076504', { milOn: true, dtcCount: 3 }],
		['0F', '41', { intakeTemperature: 25 }],
		['42', '3138', { batteryVoltage: 12.6 }],
	])('PID %s with %s', (pid, data, expected) => {
		expect(attributes({ [pid]: data })).toEqual(expected);
	});

	it('takes whole responses, blanks and small letters, and other fields as the product does', () => {
		const message = {
			...base,
			messageId: '7',
			'0c': '41 0c 1a f8',
			'0D': ' 32 ',
			latitude: 48,
			longitude: 11,
		};
		expect(taken('obd2', { ...message, '10': '0A3F', driver: 'Ada', '2F': null })).toEqual([
			{
				messageId: '7',
				vehicleKey: 'M-AB 123',
				reportedAt: Date.parse(base.time),
				sequence: 0,
				position: { latitude: 48, longitude: 11 },
				attributes: { rpm: 1726, speed: 50, '10': '0A3F', driver: 'Ada' },
			},
		]);
	});

	it.each([
		[{ '0C': '1A' }, '0C', "0C: '1A' is no response of 2 bytes"],
		[{ '0C': '410D1AF8' }, '0C', "0C: '410D1AF8' is no response of 2 bytes"],
		[{ '0D': 50 }, '0D', '0D: 50 is no response of 1 bytes'],
		[{ '0D': 'XY' }, '0D', "0D: 'XY' is no response of 1 bytes"],
		[{ A6: ['00'] }, 'A6', 'A6: a list is no response of 4 bytes'],
		[{ latitude: 99.45, longitude: 1 }, 'latitude', 'latitude: 99.45 is outside -90..90'],
	])('refuses %j', (fields, field, reason) => {
		expect(refusals('obd2', { ...base, ...fields })).toEqual([{ field, reason }]);
	});
});
