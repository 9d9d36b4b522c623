import fc from 'fast-check';
import { readWith, refusals, taken } from '../testing/read-with';
import { entity, feedMessage, write } from '../testing/write-gtfs';

const expected = {
	messageId: expect.stringMatching(/^[0-9a-z]{8}-[\w-]{22}$/),
	vehicleKey: 'bus-1',
	reportedAt: 1_700_000_000_000,
	sequence: 0,
	position: { latitude: 48.5, longitude: 11.25, heading: 90 },
	attributes: {
		...{ speed: 45, odometer: 120.5, currentStatus: 'STOPPED_AT', stopId: 'stop 3', currentStopSequence: 7 },
		...{ congestionLevel: 'STOP_AND_GO', occupancyStatus: 'FULL', occupancyPercent: 80, tripId: 'trip 1' },
		...{ routeId: 'route 2', label: 'Line 5' },
	},
};

const header = { gtfs_realtime_version: '2.0', timestamp: '1700000100' };
const vehicle = {
	trip: { tripId: 'trip 1', routeId: 'route 2' },
	vehicle: { id: 'bus-1', label: 'Line 5', licensePlate: 'M-AB 123' },
	position: { latitude: 48.5, longitude: 11.25, bearing: 90, odometer: 120_500, speed: 12.5 },
	...{ currentStopSequence: 7, currentStatus: 'STOPPED_AT', timestamp: '1700000000', stopId: 'stop 3' },
	...{ congestionLevel: 'STOP_AND_GO', occupancyStatus: 'FULL', occupancyPercentage: 80 },
};

describe('gtfsRealtime', () => {
	it('reads protobuf', () => {
		expect(taken('gtfsRealtime', feedMessage(entity('bus-1')))).toEqual([expected]);
		expect(taken('gtfsRealtime', feedMessage())).toEqual([]);
	});

	it('reads the JSON form, with names in either case, as a feed, an entity or a position', () => {
		const entityOf = { id: 'e', vehicle };
		const snake = {
			trip: { trip_id: 'trip 1', route_id: 'route 2' },
			vehicle: { id: 'bus-1', label: 'Line 5', license_plate: 'M-AB 123' },
			position: vehicle.position,
			...{ current_stop_sequence: 7, current_status: 1, timestamp: 1_700_000_000, stop_id: 'stop 3' },
			...{ congestion_level: 2, occupancy_status: 5, occupancy_percentage: 80 },
		};
		for (const payload of [
			{ header, entity: [entityOf] },
			entityOf,
			vehicle,
			{ entity: [{ id: 'e', vehicle: snake }] },
		]) {
			expect(taken('gtfsRealtime', payload)).toEqual([expected]);
		}
	});

	it('knows the same position again, whatever the form and the time of the feed', () => {
		const ids = [
			feedMessage(entity('bus-1')),
			{ header: { timestamp: 1 }, entity: [{ id: 'x', vehicle }] },
		].map((payload) => taken('gtfsRealtime', payload)[0]?.messageId);
		expect(ids[0]).toBe(ids[1]);
	});

	it('takes the vehicle from its plate or label, the time from the header, where there is nothing else', () => {
		const bare = (descriptor: object) => ({
			header,
			entity: [{ id: 'e', vehicle: { vehicle: descriptor, position: vehicle.position } }],
		});
		expect(taken('gtfsRealtime', bare({ license_plate: 'M-AB 123', label: 'Line 5' }))).toMatchObject([
			{ vehicleKey: 'M-AB 123', reportedAt: 1_700_000_100_000 },
		]);
		expect(taken('gtfsRealtime', bare({ label: 'Line 5' }))).toMatchObject([{ vehicleKey: 'Line 5' }]);
		expect(taken('gtfsRealtime', feedMessage(entity('bus-1', undefined, null)))).toMatchObject([
			{ reportedAt: 1_700_000_100_000 },
		]);
	});

	it('makes nothing of trip updates, alerts and entities that are deleted', () => {
		const entities = [
			{ id: 'a', tripUpdate: {} },
			{ id: 'b', alert: {} },
			{ id: 'c', is_deleted: true, vehicle },
		];
		expect(taken('gtfsRealtime', { header, entity: entities })).toEqual([]);
		const deleted = write([
			[1, 'text', 'x'],
			[2, 'whole', 1],
			[
				4,
				write([
					[
						2,
						write([
							[1, 'float', 1],
							[2, 'float', 1],
						]),
					],
				]),
			],
		]);
		expect(
			taken(
				'gtfsRealtime',
				feedMessage(
					deleted,
					write([
						[1, 'text', 'trip'],
						[3, write([])],
					]),
				),
			),
		).toEqual([]);
	});

	it('rejects the one entity that is wrong, and keeps it so that it can be read alone', () => {
		const far = entity('bus-2', [
			[1, 'float', 91],
			[2, 'float', 11],
		]);
		const broken = entity('bus-3').slice(0, -3);
		const read = readWith('gtfsRealtime', feedMessage(entity('bus-1'), far, broken, entity('bus-4')));
		expect(read.map((parsed) => (parsed.ok ? parsed.message.vehicleKey : parsed.reason))).toEqual([
			'bus-1',
			'vehicle.position.latitude: 91 is outside -90..90',
			'bus-4',
			'the entity cannot be read: it ends in the middle of a field',
		]);
		expect(JSON.parse(read[1]?.payload ?? '')).toMatchObject({
			header: { timestamp: 1_700_000_100 },
			entity: [{ id: 'entity bus-2' }],
		});
		expect(refusals('gtfsRealtime', read[1]?.payload)).toMatchObject([
			{ field: 'vehicle.position.latitude' },
		]);
		const alone = Buffer.from((read[3]?.payload ?? '').slice('base64:'.length), 'base64');
		expect(refusals('gtfsRealtime', alone)).toEqual([
			{ field: null, reason: 'the entity cannot be read: it ends in the middle of a field' },
		]);
	});

	it('reads protobuf that a transport took for text', () => {
		const plain = write([
			[
				2,
				write([
					[1, 'text', 'e'],
					[
						4,
						write([
							[8, write([[1, 'text', 'bus-1']])],
							[5, 'whole', 100],
						]),
					],
				]),
			],
		]);
		const text = new TextDecoder('utf-8', { fatal: true }).decode(plain);
		expect(refusals('gtfsRealtime', text)).toMatchObject([{ field: 'vehicle.timestamp' }]);
	});

	it.each([
		['text', 'hello', 'no GTFS-realtime FeedMessage: '],
		['JSON that is something else', '{"hello":"world"}', 'the message is no GTFS-realtime FeedMessage'],
		['JSON that is cut', '{"entity":[', 'the message is not JSON'],
		['nothing', new Uint8Array(), 'it has neither header nor entities'],
		['noise', Uint8Array.from([0xff, 0xff, 0xff, 0xff]), 'no GTFS-realtime FeedMessage'],
		['a field that is longer than the message', Uint8Array.from([0x12, 0x7f, 1]), 'in the middle of a field'],
		['a field number 0', Uint8Array.from([0x0a, 0x00, 0x00, 0x01]), 'there is no field number 0'],
	])('refuses %s', (_, payload, reason) => {
		expect(refusals('gtfsRealtime', payload)).toEqual([
			{ field: null, reason: expect.stringContaining(reason) },
		]);
	});

	it('answers any bytes at all', () => {
		const good = feedMessage(entity('bus-1'), entity('bus-2'));
		const spoilt = fc
			.tuple(fc.nat(good.length - 1), fc.nat(255), fc.nat(good.length))
			.map(([at, byte, end]) =>
				Uint8Array.from(good, (old, index) => (index === at ? byte : old)).slice(0, end),
			);
		fc.assert(
			fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), spoilt), (bytes) => {
				for (const parsed of readWith('gtfsRealtime', bytes)) expect(typeof parsed.ok).toBe('boolean');
			}),
			{ numRuns: 500 },
		);
		expect(readWith('gtfsRealtime', good)).toHaveLength(2);
	});
});
