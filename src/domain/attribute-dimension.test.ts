import { dimensionOf } from './attribute-dimension';

describe('dimensionOf', () => {
	it.each([
		['speed', 'speed'],
		['wheelBasedSpeed', 'speed'],
		['gps.speed', 'speed'],
		['speed limit', 'speed'],
		['odometer', 'distance'],
		['tripDistance', 'distance'],
		['coolantTemperature', 'temperature'],
		['batteryVoltage', 'voltage'],
		['tyrePressureFrontLeft', undefined],
		['oilPressure', 'pressure'],
		['fuelUsed', 'volume'],
		['fuelLevel', 'ratio'],
		['idleMinutes', 'time'],
		['engineHours', null],
		['engineSpeed', null],
		['temperatureRange', undefined],
		['colour', undefined],
	])('%s: %s', (name, dimension) => {
		expect(dimensionOf(name)).toBe(dimension);
	});
});
