import { readWith, refusals, taken } from '../testing/read-with';

const gps = (time: string, speedMilesPerHour = 0) => ({
	...{ time, latitude: 37.38229104, longitude: -122.05264563, headingDegrees: 0, speedMilesPerHour },
});
const TIME = '2020-05-13T20:04:10Z';
const page = (...data: object[]) => ({ data, pagination: { endCursor: '' } });

describe('samsara', () => {
	it('reads a page of stats', () => {
		const answer = page({ id: '212014918732717', name: 'Big Red', gps: gps(TIME) });
		expect(taken('samsara', answer)).toEqual([
			{
				messageId: expect.stringMatching(/^[0-9a-z]{8}-[\w-]{22}$/),
				vehicleKey: '212014918732717',
				reportedAt: Date.parse(TIME),
				sequence: 0,
				position: { latitude: 37.38229104, longitude: -122.05264563, heading: 0 },
				attributes: { speed: 0 },
			},
		]);
		expect(taken('samsara', page())).toEqual([]);
		expect(taken('samsara', { data: null })).toEqual([]);
	});

	it('makes one report of the readings of one time, oldest first, for each vehicle', () => {
		const answer = page(
			{
				id: '1',
				gps: [gps('2020-05-13T20:04:20Z', 60), gps(TIME, 10)],
				engineStates: [{ time: TIME, value: 'Idle' }],
				fuelPercents: [{ time: TIME, value: 54 }],
			},
			{
				id: '2',
				externalIds: { 'samsara.vin': '1FT' },
				engineState: { time: TIME, value: 'Off' },
				obdOdometerMeters: { time: TIME, value: 120_500 },
				obdEngineSeconds: { time: TIME, value: 7200 },
				ambientAirTemperatureMilliC: { time: TIME, value: 21_500 },
				batteryMilliVolts: { time: TIME, value: 12_600 },
				auxInput1: { time: TIME, value: true },
			},
		);
		expect(
			taken('samsara', answer).map(({ vehicleKey, reportedAt, attributes }) => ({
				vehicleKey,
				at: new Date(reportedAt).toISOString(),
				attributes,
			})),
		).toEqual([
			{
				vehicleKey: '1',
				at: '2020-05-13T20:04:10.000Z',
				attributes: { speed: 16.09344, engineState: 'Idle', ignition: true, fuelLevel: 54 },
			},
			{ vehicleKey: '1', at: '2020-05-13T20:04:20.000Z', attributes: { speed: 96.56064 } },
			{
				vehicleKey: '2',
				at: '2020-05-13T20:04:10.000Z',
				attributes: {
					...{ engineState: 'Off', ignition: false, odometer: 120.5, engineHours: 2 },
					...{ ambientTemperature: 21.5, batteryVoltage: 12.6, auxInput1: true },
				},
			},
		]);
	});

	it('gives the reports of one vehicle ids of their own, whatever identifies a message', () => {
		const vehicle = { id: '1', gps: [gps(TIME), gps('2020-05-13T20:04:20Z')] };
		const ids = (messageId: unknown, ...vehicles: object[]) =>
			readWith({ preset: 'samsara', messageId }, page(...vehicles), { transportId: '7-0' }).map((parsed) =>
				parsed.ok ? parsed.message.messageId : null,
			);
		expect(ids('transport', vehicle)).toEqual(['7-0.0', '7-0.1']);
		expect(ids('transport', vehicle, { id: '2', gps: gps(TIME) })).toEqual(['7-0#0.0', '7-0#0.1', '7-0#1']);
		expect(ids({ field: 'id' }, vehicle)).toEqual(['1.0', '1.1']);
		expect(new Set(ids('content', vehicle)).size).toBe(2);
		expect(ids('message', vehicle)).toEqual(ids('content', vehicle));
	});

	it('rejects the readings that are wrong, and a vehicle without any', () => {
		const wrong = { ...gps(TIME), latitude: 91 };
		const vehicle = { id: '1', gps: [wrong, gps('2020-05-13T20:04:20Z')] };
		expect(refusals('samsara', page(vehicle, { id: '2', name: 'Silent' }, 5 as never))).toEqual([
			{ field: 'gps.latitude', reason: 'gps.latitude: 91 is outside -90..90' },
			null,
			{ field: null, reason: 'the message has no stats of a vehicle' },
			{ field: null, reason: 'the message is the number 5, not an object' },
		]);
		expect(refusals('samsara', { hello: 'world' })).toEqual([
			{ field: null, reason: 'the message has no stats of a vehicle' },
		]);
		expect(refusals('samsara', page({ id: '1', gps: { latitude: 1, longitude: 2 } }))).toEqual([
			{ field: 'time', reason: 'time: the message does not say when it was reported' },
		]);
	});

	it('keeps of a rejected vehicle a text that reads as that vehicle alone', () => {
		const bad = { id: '1', gps: { ...gps(TIME), latitude: 91 } };
		const [, rejected] = readWith('samsara', page({ id: '2', gps: gps(TIME) }, bad));
		expect(JSON.parse(rejected?.payload ?? '')).toEqual({ data: [bad] });
		expect(refusals('samsara', rejected?.payload)).toEqual([
			{ field: 'gps.latitude', reason: 'gps.latitude: 91 is outside -90..90' },
		]);
	});
});
