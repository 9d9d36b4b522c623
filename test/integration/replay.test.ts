import { gzipSync } from 'node:zlib';
import { feedProcessor } from '../../src/app/feed/process-batch';
import {
	replayRejectedMessage,
	replayRejectedMessages,
	type ReplayedMessage,
} from '../../src/app/feed/replay-message';
import { listRejectedMessages, updateRejectedMessage } from '../../src/app/records/rejected-messages';
import { createVehicle } from '../../src/app/records/vehicles';
import type { MessageFormat } from '../../src/domain/message-formats/message-format';
import { feedFixture, type FeedFixture, report, standardFleet, START } from '../lib/feed-fixture';

describe('a rejected message that is replayed', () => {
	let fixture: FeedFixture;
	beforeEach(async () => {
		fixture = await feedFixture();
		await standardFleet(fixture);
	});
	afterEach(() => fixture.close());

	const kept = () => listRejectedMessages(fixture.fleet);
	const replay = (id: number) => replayRejectedMessage(fixture.fleet, { id });
	const historyOf = async (id: number) =>
		await fixture.store.read(({ statuses }) => statuses.history(id, {}));
	const outcomes = (replayed: readonly ReplayedMessage[]) => replayed.map(({ outcome }) => outcome);
	const stranger = (minutes: number) => report('M-XX 999', minutes, { fuelLevel: 10 - minutes });

	it('stays with the try counted while its cause is there, and is taken with all it brings about afterwards', async () => {
		await fixture.feed(stranger(0));
		fixture.now = START + 5000;
		expect(await replay(1)).toMatchObject({
			id: 1,
			outcome: 'rejected',
			accepted: 0,
			field: 'vehicle',
			reason: expect.stringContaining("there is no vehicle 'M-XX 999'"),
			tries: 2,
		});
		expect(await kept()).toMatchObject([{ id: 1, tries: 2, lastTriedAt: START + 5000, receivedAt: START }]);

		const { id } = await createVehicle(fixture.fleet, { plate: 'M-XX 999' });
		expect(await replay(1)).toMatchObject({
			outcome: 'taken',
			accepted: 1,
			reason: null,
			fired: [{ vehicle: { id }, firing: { ruleName: 'Low fuel' } }],
		});
		expect(await kept()).toEqual([]);
		expect(await historyOf(id)).toHaveLength(1);
		expect((await fixture.events()).map(({ type }) => type)).toContain('ruleFired');
		expect(await fixture.feed(stranger(0))).toMatchObject({ accepted: 0, duplicates: 1 });
		await expect(replay(1)).rejects.toThrow("There is no rejected message '1'");
	});

	it('leaves without effect when it was sent again and taken meanwhile', async () => {
		await fixture.feed(stranger(0));
		const { id } = await createVehicle(fixture.fleet, { plate: 'M-XX 999' });
		expect(await fixture.feed(stranger(0))).toMatchObject({ accepted: 1 });
		expect(await replay(1)).toMatchObject({ outcome: 'duplicate', accepted: 0, duplicates: 1, fired: [] });
		expect(await kept()).toEqual([]);
		expect(await historyOf(id)).toHaveLength(1);
	});

	it('may be corrected first; corrected wrongly, it stays under its number', async () => {
		await fixture.feed(
			report('M-AB 123', 0, { fuelLevel: 10 }, { position: { latitude: 99.45, longitude: 1 } }),
		);
		const [before] = await kept();
		const payload = { vehicle: 'M-AB 123', reportedAt: 'yesterday', attributes: { fuelLevel: 9 } };
		await updateRejectedMessage(fixture.fleet, { id: 1 }, { payload });
		expect(await replay(1)).toMatchObject({ id: 1, outcome: 'rejected', field: 'reportedAt', tries: 2 });
		const [after] = await kept();
		expect(after).toMatchObject({ id: 1, payload: JSON.stringify(payload), receivedAt: before?.receivedAt });
		expect(after?.messageId).not.toBe(before?.messageId);

		const good = JSON.stringify({ ...payload, reportedAt: START });
		await updateRejectedMessage(fixture.fleet, { id: 1 }, { payload: good });
		expect(await replay(1)).toMatchObject({ outcome: 'taken', fired: [{ vehicle: { plate: 'M-AB 123' } }] });
		expect(await kept()).toEqual([]);
	});

	it('may turn out to be several, of which only what is wrong stays', async () => {
		const good = report('M-AB 123', 0, { fuelLevel: 10 });
		const list = JSON.stringify([good, report('M-AB 124', 0, { tyres: {} }), stranger(1)]);
		await fixture.feed(list.slice(0, -1));
		await updateRejectedMessage(fixture.fleet, { id: 1 }, { payload: list });
		expect(await replay(1)).toMatchObject({
			id: 1,
			outcome: 'rejected',
			accepted: 1,
			field: 'attributes.tyres',
		});
		expect(await kept()).toMatchObject([
			{ id: 1, field: 'attributes.tyres', tries: 2 },
			{ field: 'vehicle', tries: 1, payload: JSON.stringify(stranger(1)) },
		]);
	});

	it('leaves the store as it was when the store refuses it', async () => {
		await fixture.feed(stranger(0));
		const { id } = await createVehicle(fixture.fleet, { plate: 'M-XX 999' });
		const sql = (text: string) => fixture.store.database.write((query) => query(text));
		await sql(
			`CREATE TRIGGER refuse BEFORE INSERT ON status_history BEGIN SELECT RAISE(ABORT, 'no room'); END`,
		);
		expect(await replay(1)).toMatchObject({
			outcome: 'rejected',
			reason: expect.stringMatching(/^cannot be processed: .*no room/),
			tries: 2,
		});
		expect(await historyOf(id)).toEqual([]);
		await sql('DROP TRIGGER refuse');
		expect(await replay(1)).toMatchObject({ outcome: 'taken', accepted: 1 });
	});

	it('is found by a filter, with others, and replayed in the order in which they came', async () => {
		await fixture.feed(stranger(0), stranger(1), report('M-YY 1', 0, {}));
		await fixture.feed('no JSON M-XX 999');
		await fixture.feed(stranger(2));
		const { id } = await createVehicle(fixture.fleet, { plate: 'M-XX 999' });
		const query = { search: 'm-xx 999', where: { feed: 'statuses' } };
		expect(outcomes(await replayRejectedMessages(fixture.fleet, { ...query, limit: 2 }))).toEqual([
			'taken',
			'taken',
		]);
		const rest = await replayRejectedMessages(fixture.fleet, query);
		expect(rest).toMatchObject([
			{ outcome: 'rejected', tries: 2 },
			{ outcome: 'taken', stale: 0 },
		]);
		expect((await historyOf(id)).map(({ attributes }) => attributes.fuelLevel)).toEqual([8, 9, 10]);
		expect(await kept()).toMatchObject([
			{ tries: 1, field: 'vehicle' },
			{ tries: 2, field: null },
		]);
		expect(await replayRejectedMessages(fixture.fleet, { where: { feed: 'another' } })).toEqual([]);
	});

	describe('in the format of its feed', () => {
		const format: MessageFormat = {
			preset: 'custom',
			messageId: 'transport',
			mapping: { items: 'data', vehicle: 'truck', time: '$.at', attributes: [{ path: 'v', name: 'speed' }] },
		};
		const sent = {
			at: START,
			data: [
				{ truck: 'M-XX 999', v: 1 },
				{ truck: 'M-AB 123', v: 2 },
			],
		};
		const feed = (payload: string | Uint8Array) =>
			feedProcessor(fixture.fleet, { feed: 'mapped', format }).process([{ payload, transportId: '17-0' }]);

		it('is read as it was delivered, and known again when it is delivered again', async () => {
			expect(await feed(JSON.stringify(sent))).toMatchObject({
				accepted: 1,
				rejected: [{ field: 'vehicle' }],
			});
			const { id } = await createVehicle(fixture.fleet, { plate: 'M-XX 999' });
			expect(await replay(1)).toMatchObject({ outcome: 'taken', accepted: 1 });
			expect(await historyOf(id)).toMatchObject([{ attributes: { speed: 1 }, reportedAt: START }]);
			expect(await feed(JSON.stringify(sent))).toMatchObject({ accepted: 0, duplicates: 2, rejected: [] });
		});

		it('may come as bytes', async () => {
			const broken = gzipSync(JSON.stringify(sent)).subarray(0, -12);
			expect(await feed(broken)).toMatchObject({ rejected: [{ field: null }] });
			const [message] = await kept();
			expect(message?.payload).toMatch(/^base64:/);
			const payload = `base64:${gzipSync(JSON.stringify(sent)).toString('base64')}`;
			await updateRejectedMessage(fixture.fleet, { id: 1 }, { payload });
			expect(await replay(1)).toMatchObject({ outcome: 'rejected', accepted: 1, field: 'vehicle' });
		});

		it('may be written anew as a plain status message', async () => {
			await feed('{');
			const plain = report('M-AB 123', 0, { fuelLevel: 40 });
			await updateRejectedMessage(fixture.fleet, { id: 1 }, { payload: plain, isPlain: true });
			expect(await replay(1)).toMatchObject({ outcome: 'taken', accepted: 1 });
		});
	});
});
