import { byId, fleetNode, VIN } from './fleet-node-lib';

const fleet = fleetNode();
const resource = { resource: 'rejectedMessage' };
const reported = {
	vehicle: VIN,
	reportedAt: new Date(Date.now() - 60_000).toISOString(),
	attributes: { fuelLevel: 12 },
};

describe('rejected messages', () => {
	beforeAll(async () => {
		await fleet.report({ ...reported, messageId: 'm-1' });
		await fleet.report({ ...reported, messageId: 'm-2', position: { latitude: 99.45, longitude: 1 } });
	});

	it('are listed newest first, filtered and searched', async () => {
		const list = { ...resource, operation: 'getAll' };
		expect(await fleet.json(list)).toMatchObject([
			{ id: 2, feed: 'test', messageId: 'm-2', field: 'position.latitude', tries: 1, lastTriedAt: null },
			{
				id: 1,
				reason: expect.stringContaining(`no vehicle '${VIN}'`),
				receivedAt: expect.stringMatching(/Z$/),
			},
		]);
		expect(await fleet.json({ ...list, filters: { search: 'no vehicle' } })).toMatchObject([{ id: 1 }]);
		expect(await fleet.json({ ...list, filters: { feed: 'other' } })).toEqual([]);
		expect(await fleet.json({ ...list, filters: { to: '2020-01-01T00:00:00' } })).toEqual([]);
		expect(await fleet.json({ ...list, filters: { from: '2020-01-01T00:00:00' }, limit: 1 })).toHaveLength(1);
	});

	it('are found from the list of a locator', async () => {
		expect(await fleet.search('searchRejectedMessages', '99.45')).toEqual({
			results: [
				{ name: expect.stringMatching(/^\d{4}-.* test: position\.latitude: 99\.45 .* \(#2\)$/), value: 2 },
			],
		});
	});

	it('are replayed together once their cause is gone', async () => {
		const replay = { ...resource, operation: 'replayMany', returnAll: true };
		expect(await fleet.json(replay)).toMatchObject([
			{ id: 1, outcome: 'rejected', tries: 2 },
			{ id: 2, outcome: 'rejected', tries: 2, field: 'position.latitude' },
		]);
		await fleet.json({ resource: 'vehicle', operation: 'create', vin: VIN });
		expect(await fleet.json(replay)).toMatchObject([
			{ id: 1, outcome: 'taken', accepted: 1, fired: [] },
			{ id: 2, outcome: 'rejected', tries: 3 },
		]);
	});

	it('are corrected and replayed one by one', async () => {
		const message = { ...resource, message: byId(2) };
		expect(await fleet.json({ ...message, operation: 'get' })).toMatchObject([{ id: 2, tries: 3 }]);
		const updateFields = { payload: JSON.stringify({ ...reported, messageId: 'm-2' }) };
		expect(await fleet.json({ ...message, operation: 'update', updateFields })).toMatchObject([
			{ id: 2, payload: updateFields.payload },
		]);
		const empty = { ...message, operation: 'update', updateFields: { payload: ' ' } };
		await expect(fleet.json(empty)).rejects.toThrow('The payload is empty');
		expect(await fleet.json({ ...message, operation: 'replay' })).toMatchObject([{ outcome: 'taken' }]);
		expect(await fleet.json({ ...resource, operation: 'getAll' })).toEqual([]);
	});

	it('are deleted', async () => {
		await fleet.report({ vehicle: 'unknown', reportedAt: reported.reportedAt, attributes: {} });
		const [kept] = await fleet.json({ ...resource, operation: 'getAll' });
		const message = byId(Number(kept?.id));
		expect(await fleet.json({ ...resource, operation: 'delete', message })).toEqual([
			{ id: kept?.id, deleted: true },
		]);
	});
});
