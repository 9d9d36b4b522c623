import { readWith, refusals, taken } from '../testing/read-with';

const position = {
	...{ deviceId: 2, protocol: 'osmand', fixTime: '2022-03-29T18:25:00.000+0000', valid: true },
	...{ latitude: 48.1, longitude: 11.5, speed: 0, course: 0 },
	attributes: { batteryLevel: 50, totalDistance: 13465376.73, motion: false },
};
const device = { uniqueId: '305975', status: 'online' };
const forwarded = (changes: object = {}) => ({ position: { ...position, ...changes }, device });

describe('traccar', () => {
	it('reads what Traccar forwards', () => {
		expect(taken('traccar', forwarded())).toEqual([
			{
				messageId: expect.stringMatching(/^[0-9a-z]{8}-[\w-]{22}$/),
				vehicleKey: '305975',
				reportedAt: Date.parse('2022-03-29T18:25:00Z'),
				sequence: 0,
				position: { latitude: 48.1, longitude: 11.5, heading: 0 },
				attributes: {
					...{ speed: 0, positionValid: true, protocol: 'osmand', deviceStatus: 'online' },
					...{ batteryLevel: 50, totalDistance: 13465.37673, motion: false },
				},
			},
		]);
	});

	it('converts knots, metres and milliseconds, and calls attributes as rules do', () => {
		const attributes = {
			...{ odometer: 120_500_000, distance: 250, hours: 7_200_000, power: 12.5, battery: 4.1, sat: 9 },
			...{ charge: true, coolantTemp: 88, speedLimit: 40, io1: 3, ignition: true },
		};
		expect(taken('traccar', forwarded({ speed: 10, course: 270, attributes }))).toMatchObject([
			{
				position: { heading: 270 },
				attributes: {
					...{ speed: 18.52, odometer: 120_500, distance: 0.25, engineHours: 2, externalVoltage: 12.5 },
					...{ batteryVoltage: 4.1, satellites: 9, charging: true, coolantTemperature: 88 },
					...{ speedLimit: 74.08, io1: 3, ignition: true },
				},
			},
		]);
	});

	it('refuses a latitude that there is not, by its name, and takes the others of the list', () => {
		const bad = forwarded({ latitude: 99.45 });
		const read = readWith('traccar', [forwarded(), bad, forwarded({ speed: 1 })]);
		expect(read.map(({ ok }) => ok)).toEqual([true, false, true]);
		expect(read[1]).toMatchObject({
			field: 'position.latitude',
			reason: 'position.latitude: 99.45 is outside -90..90',
			payload: JSON.stringify(bad),
		});
	});

	it('takes the new values of a device without a fix at the time of the device, without its old position', () => {
		const deviceTime = '2022-03-29T19:00:00.000+00:00';
		expect(taken('traccar', forwarded({ outdated: true, deviceTime }))).toMatchObject([
			{
				reportedAt: Date.parse('2022-03-29T19:00:00Z'),
				position: null,
				attributes: { batteryLevel: 50 },
			},
		]);
		expect(taken('traccar', forwarded({ outdated: true }))).toMatchObject([
			{ reportedAt: Date.parse('2022-03-29T18:25:00Z') },
		]);
	});

	it('leaves out what is no attribute: lists, texts that are too long', () => {
		const attributes = { raw: 'f'.repeat(5000), geofenceIds: [1, 2], alarm: 'sos', nothing: null };
		expect(taken('traccar', forwarded({ attributes }))[0]?.attributes).toEqual({
			...{ speed: 0, positionValid: true, protocol: 'osmand', deviceStatus: 'online', alarm: 'sos' },
		});
	});

	it('says what is missing as Traccar calls it', () => {
		expect(refusals('traccar', { position })).toEqual([
			{
				field: 'device.uniqueId',
				reason: 'device.uniqueId: the message does not say which vehicle it is about',
			},
		]);
		expect(refusals('traccar', { position: {}, device })).toEqual([
			{ field: 'position.fixTime', reason: expect.stringContaining('position.fixTime: ') },
		]);
		expect(refusals('traccar', forwarded({ speed: 'fast' }))).toEqual([
			{ field: 'position.speed', reason: "position.speed: 'fast' is not a number" },
		]);
		expect(refusals('traccar', forwarded({ longitude: undefined }))).toEqual([
			{ field: 'position.longitude', reason: 'position.longitude: is missing' },
		]);
	});
});
