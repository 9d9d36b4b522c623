import { refusals, taken } from '../testing/read-with';

const status = {
	vin: 'ABC12345678901234',
	triggerType: { triggerType: 'IGNITION_ON' },
	createdDateTime: '2019-05-22T07:44:42.800Z',
	hrTotalVehicleDistance: 95055,
	totalEngineHours: 1234.3,
	engineTotalFuelUsed: 7890123,
	snapshotData: {
		gnssPosition: { latitude: 57.71727, longitude: 11.921161 },
		wheelBasedSpeed: 54.3,
		fuelLevel1: 86,
	},
	uptimeData: { engineCoolantTemperature: 90 },
};

describe('rfms', () => {
	const expected = {
		messageId: expect.stringMatching(/^[0-9a-z]{8}-[\w-]{22}$/),
		vehicleKey: 'ABC12345678901234',
		reportedAt: Date.parse('2019-05-22T07:44:42.800Z'),
		sequence: 0,
		position: { latitude: 57.71727, longitude: 11.921161 },
		attributes: {
			...{ speed: 54.3, triggerType: 'IGNITION_ON', ignition: true, odometer: 95.055, engineHours: 1234.3 },
			...{ fuelUsed: 7890.123, fuelLevel: 86, coolantTemperature: 90 },
		},
	};

	it('reads a vehicle status, alone, in a list or as the answer of the interface', () => {
		expect(taken('rfms', status)).toEqual([expected]);
		expect(taken('rfms', [status])).toEqual([expected]);
		expect(taken('rfms', { vehicleStatusResponse: { vehicleStatuses: [status] } })).toEqual([expected]);
	});

	it('reads positions, with the speed that there is', () => {
		const { vin, createdDateTime } = status;
		const gnssPosition = { latitude: 1, longitude: 2, heading: 30, altitude: 400, speed: 80 };
		const positions = [{ vin, createdDateTime, gnssPosition, triggerType: { triggerType: 'TIMER' } }];
		expect(taken('rfms', { vehiclePositionResponse: { vehiclePositions: positions } })).toMatchObject([
			{
				position: { latitude: 1, longitude: 2, heading: 30 },
				attributes: { speed: 80, altitude: 400, triggerType: 'TIMER' },
			},
		]);
	});

	it('rejects the one status that is wrong', () => {
		const noTime = { ...status, createdDateTime: undefined };
		const far = { ...status, snapshotData: { gnssPosition: { latitude: -91, longitude: 0 } } };
		const vehicleStatuses = [noTime, status, far, { ...status, hrTotalVehicleDistance: {} }];
		expect(refusals('rfms', { vehicleStatusResponse: { vehicleStatuses } })).toEqual([
			{ field: 'createdDateTime', reason: 'createdDateTime: the message does not say when it was reported' },
			null,
			{
				field: 'snapshotData.gnssPosition.latitude',
				reason: 'snapshotData.gnssPosition.latitude: -91 is outside -90..90',
			},
			{
				field: 'hrTotalVehicleDistance',
				reason: 'hrTotalVehicleDistance: an object is not a number',
			},
		]);
	});
});
