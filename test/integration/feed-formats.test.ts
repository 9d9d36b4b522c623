import { gzipSync } from 'node:zlib';
import { feedProcessor, type FeedOptions } from '../../src/app/feed/process-batch';
import { replayRejectedMessages } from '../../src/app/feed/replay-message';
import { createRule } from '../../src/app/records/rules';
import { getStatus } from '../../src/app/records/statuses';
import { createVehicle } from '../../src/app/records/vehicles';
import type { MessageFormat } from '../../src/domain/message-formats/message-format';
import { entity, feedMessage } from '../../src/domain/message-formats/testing/write-gtfs';
import { feedFixture, type FeedFixture } from '../lib/feed-fixture';
import { ruleInput } from './records-rule-input';

const AT = '2026-03-01T11:00:00.000+0000';
const position = (knots: number, changes: object = {}) => ({
	position: { fixTime: AT, latitude: 48.1, longitude: 11.5, speed: knots, attributes: {}, ...changes },
	device: { uniqueId: '305975' },
});

describe('a feed of another format', () => {
	let fixture: FeedFixture;
	beforeEach(async () => {
		fixture = await feedFixture();
		await createVehicle(fixture.fleet, { plate: 'M-AB 123', externalId: '305975' });
		const pattern = { attribute: 'speed', operator: 'gt', value: 100 };
		await createRule(fixture.fleet, ruleInput({ name: 'Too fast', pattern }));
	});
	afterEach(() => fixture.close());

	const processor = (format: MessageFormat, options: Partial<FeedOptions> = {}) =>
		feedProcessor(fixture.fleet, { feed: 'statuses', format, ...options });
	const traccar: MessageFormat = { preset: 'traccar', messageId: 'message' };

	it('fires rules on canonical units, once for what is sent twice, and keeps what is wrong', async () => {
		const feed = processor(traccar);
		// 53 knots are 98.2 km/h, 55 are 101.9.
		expect((await feed.process([{ payload: JSON.stringify(position(53)) }])).fired).toEqual([]);
		const later = position(55, { fixTime: '2026-03-01T11:00:10.000+0000' });
		const wrong = position(60, { latitude: 99.45, fixTime: '2026-03-01T11:00:20.000+0000' });
		const payload = gzipSync(JSON.stringify([wrong, later]));
		const result = await feed.process([{ payload }, { payload }]);
		expect(result).toMatchObject({
			...{ accepted: 1, duplicates: 2, fired: [{ vehicle: { plate: 'M-AB 123' } }] },
			rejected: [{ field: 'position.latitude', payload: JSON.stringify(wrong) }],
		});
		const status = await getStatus(fixture.fleet, { key: 'M-AB 123' });
		expect(status).toMatchObject({ position: { latitude: 48.1 }, attributes: { speed: 101.86 } });
		expect(await feed.process([{ payload }])).toMatchObject({ accepted: 0, duplicates: 2, rejected: [] });
	});

	it('replays one of many that came together, in the format and with the id that it had', async () => {
		const feed = processor({ preset: 'gtfsRealtime', messageId: 'transport' });
		const delivery = {
			payload: feedMessage(entity('305975'), entity('bus-8'), entity('bus-9')),
			transportId: '17-0',
		};
		fixture.now = 1_700_000_200_000;
		expect(await feed.process([delivery])).toMatchObject({
			accepted: 1,
			rejected: [{ transportId: '17-0#1' }, { transportId: '17-0#2' }],
		});
		for (const externalId of ['bus-8', 'bus-9']) await createVehicle(fixture.fleet, { externalId });
		const replayed = await replayRejectedMessages(fixture.fleet, { where: {}, limit: 10 });
		expect(replayed).toHaveLength(2);
		expect(await getStatus(fixture.fleet, { key: 'bus-9' })).toMatchObject({
			messageId: '17-0#2',
			attributes: { speed: 45, odometer: 120.5 },
		});
		expect(await feed.process([delivery])).toMatchObject({ accepted: 0, duplicates: 3, rejected: [] });
	});

	it('takes the vehicle from the topic, in a replay as well', async () => {
		const mapping = { time: 't', attributes: [{ path: 'kmh', name: 'speed' }] };
		const feed = processor({ preset: 'custom', messageId: 'content', vehicleTopicLevel: 2, mapping });
		const payload = JSON.stringify({ t: AT, kmh: 50 });
		const result = await feed.process([
			{ payload, topic: 'fleet/305975/status' },
			{ payload, topic: 'fleet/NEW-1/status' },
		]);
		expect(result).toMatchObject({ accepted: 1, rejected: [{ topic: 'fleet/NEW-1/status', payload }] });
		await createVehicle(fixture.fleet, { externalId: 'NEW-1' });
		await replayRejectedMessages(fixture.fleet, { where: {}, limit: 10 });
		expect(await getStatus(fixture.fleet, { key: 'NEW-1' })).toMatchObject({ attributes: { speed: 50 } });
	});
});
