import { type BatchResult, feedProcessor } from '../../src/app/feed/process-batch';
import { createVehicle } from '../../src/app/records/vehicles';
import { feedFixture, report, standardFleet, START, type FeedFixture } from '../lib/feed-fixture';

const YEAR_MS = 365 * 24 * 3_600_000;

describe('payloads that hold more than one transaction takes', () => {
	let fixture: FeedFixture;
	beforeEach(async () => {
		fixture = await feedFixture();
		await standardFleet(fixture);
	});
	afterEach(() => fixture.close());

	const list = (first: number, fuelLevel: number) =>
		Array.from({ length: 10_000 }, (_, index) =>
			index === 0 ? report('M-AB 123', first, { fuelLevel }, { messageId: `m${first}` }) : { nobody: index },
		);

	it('are taken in several, all before the batch is done', async () => {
		const writing = jest.spyOn(fixture.store, 'writeFeed');
		const result = await fixture.feed(list(-20, 10), list(-10, 60), report('M-AB 123', 0, { fuelLevel: 5 }));
		expect(writing).toHaveBeenCalledTimes(3);
		expect(result).toMatchObject({ accepted: 3, duplicates: 9999, stale: 0 });
		expect([result.fired.length, result.cleared.length, result.rejected.length]).toEqual([2, 1, 9999]);
	});

	it('bring about once what was committed when a later one fails', async () => {
		const batch = [list(-20, 10), list(-10, 60)].map((each) => ({ payload: JSON.stringify(each) }));
		const processor = feedProcessor(fixture.fleet, { feed: 'statuses' });
		const write = fixture.store.writeFeed.bind(fixture.store);
		jest
			.spyOn(fixture.store, 'writeFeed')
			.mockImplementationOnce(write)
			.mockRejectedValueOnce(new Error('refused'));
		const told: BatchResult[] = [];
		const failing = async () => {
			for await (const result of processor.processInParts(batch)) told.push(result);
		};
		await expect(failing()).rejects.toThrow('refused');
		expect(told).toMatchObject([{ accepted: 1, fired: [{}], cleared: [] }]);
		expect(await processor.process(batch)).toMatchObject({
			accepted: 1,
			fired: [],
			cleared: [{}],
			rejected: [],
		});
	});
});

describe('messages that cannot be processed', () => {
	let fixture: FeedFixture;
	beforeEach(async () => {
		fixture = await feedFixture();
		await standardFleet(fixture);
	});
	afterEach(() => fixture.close());

	const quarantine = () => fixture.store.read((session) => session.quarantine.find({ limit: 50, offset: 0 }));

	it('are kept with field and reason while the rest of the batch goes through', async () => {
		const noVehicle = { reportedAt: START, attributes: { fuelLevel: 1 } };
		const batch = [
			noVehicle,
			report('M-AB 123', 0, { fuelLevel: 10 }, { position: { latitude: 99.45, longitude: 1 } }),
			report('M-AB 123', 0, { fuelLevel: 10 }, { reportedAt: START + YEAR_MS }),
			'{"vehicle": oops',
			report('M-XX 999', 0, { fuelLevel: 10 }),
			[report('M-AB 123', 0, { fuelLevel: 10 }), report('box-9', 0, { tyres: {} })],
		];
		const result = await fixture.feed(...batch);
		expect(result).toMatchObject({ accepted: 1, duplicates: 0, fired: [{ vehicle: { plate: 'M-AB 123' } }] });
		expect(result.rejected.map(({ field }) => field)).toEqual([
			'vehicle',
			'position.latitude',
			'reportedAt',
			null,
			'attributes.tyres',
			'vehicle',
		]);
		expect(result.rejected.map(({ reason }) => reason)).toEqual([
			expect.stringContaining('does not say which vehicle it is about. Add "vehicle"'),
			expect.stringContaining('position.latitude: 99.45 is outside -90..90'),
			expect.stringContaining('2027-03-01T12:00:00.000Z lies in the future'),
			expect.stringContaining("the message is not JSON: Unexpected token 'o'"),
			expect.stringContaining('attributes.tyres: is an object'),
			expect.stringContaining("there is no vehicle 'M-XX 999'"),
		]);
		expect(result.rejected[0]?.payload).toBe(JSON.stringify(noVehicle));
		expect(await quarantine()).toHaveLength(6);

		expect(await fixture.feed(...batch)).toMatchObject({
			accepted: 0,
			duplicates: 7,
			rejected: [],
			fired: [],
		});
		expect(await quarantine()).toHaveLength(6);
	});

	it('are taken when they are sent again after the vehicle was added', async () => {
		const message = report('M-XX 999', 0, { fuelLevel: 10 });
		expect((await fixture.feed(message)).rejected).toHaveLength(1);
		await createVehicle(fixture.fleet, { plate: 'M-XX 999' });
		expect(await fixture.feed(message)).toMatchObject({
			accepted: 1,
			rejected: [],
			fired: [{ customer: null }],
		});
	});

	it('never hold up the feed, whatever is in them', async () => {
		const result = await fixture.feed(
			'\0',
			'\ud800',
			'null',
			'[]',
			`${'['.repeat(50_000)}${']'.repeat(50_000)}`,
			report('x'.repeat(5000), 0, {}),
			report("'; DROP TABLE vehicle; --", 0, {}),
			report('M-AB 123', 0, { ['y'.repeat(5000)]: 1 }),
			report('M-AB 123', 0, { text: 'nul \0 byte' }),
			report('M-AB 123', -1, { constructor: 1, toString: 'x', fuelLevel: 1e308 }),
		);
		expect(result).toMatchObject({ accepted: 1, duplicates: 0 });
		expect(result.rejected).toHaveLength(8);
		const kept = await quarantine();
		expect(kept.filter(({ payload, reason }) => `${payload}${reason}`.includes('\0'))).toEqual([]);
	});
});
