import type { Preset } from '../preset';

const POSITIONS = ['snapshotData.gnssPosition', 'gnssPosition'];
const at = (name: string) => POSITIONS.map((path) => `${path}.${name}`);

const IGNITION: Readonly<Record<string, boolean>> = {
	IGNITION_ON: true,
	IGNITION_OFF: false,
	ENGINE_ON: true,
};

const ignitionAfter = (trigger: unknown): unknown =>
	typeof trigger === 'string' && Object.hasOwn(IGNITION, trigger) ? IGNITION[trigger] : undefined;

/**
 * Vehicle statuses and positions of rFMS 2 to 4 (fms-standard.com), one by one or as the answer of the interface.
 * Distances in metres, fuel in millilitres.
 */
export const rfms: Preset = {
	mapping: {
		items: [
			'vehicleStatusResponse.vehicleStatuses',
			'vehicleStatuses',
			'vehiclePositionResponse.vehiclePositions',
			'vehiclePositions',
		],
		vehicle: 'vin',
		time: ['createdDateTime', 'receivedDateTime'],
		latitude: at('latitude'),
		longitude: at('longitude'),
		heading: at('heading'),
		attributes: [
			{
				path: [
					'snapshotData.wheelBasedSpeed',
					'wheelBasedSpeed',
					'snapshotData.tachographSpeed',
					'tachographSpeed',
					...at('speed'),
				],
				name: 'speed',
			},
			{ path: at('altitude'), name: 'altitude' },
			{ path: 'triggerType.triggerType', name: 'triggerType' },
			// The switch is told by what made the vehicle report.
			{ path: 'triggerType.triggerType', name: 'ignition', convert: ignitionAfter },
			{ path: 'hrTotalVehicleDistance', name: 'odometer', unit: 'm' },
			{ path: 'totalEngineHours', name: 'engineHours' },
			{ path: 'engineTotalFuelUsed', name: 'fuelUsed', unit: 'ml' },
			{ path: 'grossCombinationVehicleWeight', name: 'grossWeight' },
			{ path: 'snapshotData.fuelLevel1', name: 'fuelLevel' },
			{ path: 'snapshotData.fuelLevel2', name: 'fuelLevel2' },
			{ path: 'snapshotData.catalystFuelLevel', name: 'adBlueLevel' },
			{ path: 'snapshotData.hybridBatteryPackRemainingCharge', name: 'batteryLevel' },
			{ path: 'snapshotData.estimatedDistanceToEmpty.total', name: 'range', unit: 'm' },
			{ path: 'snapshotData.engineSpeed', name: 'rpm' },
			{ path: 'snapshotData.ambientAirTemperature', name: 'ambientTemperature' },
			{ path: 'snapshotData.parkingBrakeSwitch', name: 'parkingBrake' },
			{
				path: [
					'snapshotData.driver1Id.tachoDriverIdentification.driverIdentification',
					'driver1Id.tachoDriverIdentification.driverIdentification',
				],
				name: 'driver',
			},
			{ path: 'uptimeData.engineCoolantTemperature', name: 'coolantTemperature' },
			{ path: 'uptimeData.serviceDistance', name: 'serviceDistance', unit: 'm' },
		],
	},
};
