import { refusals, taken } from '../testing/read-with';

const signal = (
	code: string,
	body: object,
	oemUpdatedAt: number | string = 1758668712404,
	value = 'SUCCESS',
) => ({
	...{ code, body, status: { value }, meta: { oemUpdatedAt } },
});
const charge = signal('tractionbattery-stateofcharge', { unit: 'percent', value: 75 });
const event = (...signals: unknown[]) => ({
	eventId: '5a53',
	eventType: 'VEHICLE_STATE',
	data: { vehicle: { id: '123e', make: 'Test Make' }, signals },
	triggers: [{ type: 'SIGNAL_UPDATED' }],
	meta: { deliveryId: '48b2' },
});

describe('smartcar', () => {
	it('reads an event of a webhook', () => {
		expect(taken('smartcar', event(charge))).toEqual([
			{
				messageId: '5a53',
				vehicleKey: '123e',
				reportedAt: 1758668712404,
				sequence: 0,
				position: null,
				attributes: { batteryLevel: 75 },
			},
		]);
	});

	it('makes one report of all signals that could be read, at the time of the newest', () => {
		const signals = [
			charge,
			signal('odometer-traveleddistance', { unit: 'miles', value: 1000 }, 1758668000000),
			signal('internalcombustionengine-fuellevel', { unit: 'percent', value: 1 }, 1758669999999, 'ERROR'),
			signal('location-preciselocation', { latitude: 48.1, longitude: 11.5, heading: 90 }, 1758668712999),
			signal('charge-ischarging', { value: true }),
			signal('hvac-cabintargettemperature', { unit: 'celsius', value: 21 }),
			signal('wheel-tires', { values: [{ row: 0 }] }),
		];
		expect(taken('smartcar', event(...signals))).toEqual([
			{
				...{ messageId: '5a53', vehicleKey: '123e', reportedAt: 1758668712999, sequence: 0 },
				position: { latitude: 48.1, longitude: 11.5, heading: 90 },
				attributes: {
					...{ batteryLevel: 75, odometer: 1609.344, charging: true, hvacCabintargettemperature: 21 },
				},
			},
		]);
	});

	it('reads times as text, and falls back on when the signal was retrieved or the event delivered', () => {
		const at = '2025-09-24T08:00:00Z';
		const withMeta = (meta: unknown) => ({ ...charge, meta });
		const time = (value: object) => taken('smartcar', value)[0]?.reportedAt;
		expect(time(event(withMeta({ oemUpdatedAt: at })))).toBe(Date.parse(at));
		expect(time(event(withMeta({ retrievedAt: at })))).toBe(Date.parse(at));
		expect(time({ ...event(withMeta(null)), meta: { deliveredAt: at } })).toBe(Date.parse(at));
	});

	it('makes nothing of the event that verifies a webhook', () => {
		expect(taken('smartcar', { eventType: 'VERIFY', data: { challenge: 'x' } })).toEqual([]);
	});

	it('rejects events without a signal that was read, and signals that are wrong', () => {
		const failed = signal('odometer-traveleddistance', {}, 1, 'ERROR');
		expect(refusals('smartcar', [event(failed), event(), { eventId: 'x' }, event(null, 7)])).toEqual([
			{ field: 'data.signals', reason: 'data.signals: none of the 1 signals of this event was read' },
			...Array.from({ length: 2 }, () => ({
				field: 'data.signals',
				reason: 'data.signals: none of the 0 signals of this event was read',
			})),
			{ field: 'data.signals', reason: 'data.signals: none of the 2 signals of this event was read' },
		]);
		const lost = signal('location-preciselocation', { latitude: 99.45, longitude: 1 });
		expect(refusals('smartcar', event(lost))).toEqual([
			{ field: 'position.latitude', reason: 'position.latitude: 99.45 is outside -90..90' },
		]);
	});
});
