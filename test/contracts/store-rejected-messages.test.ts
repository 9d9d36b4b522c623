import { FLEET_FORMAT } from '../../src/domain/message-formats/message-format';
import { AT } from './store/samples';
import { describeStores } from './store/stores';

const bad = (messageId: string, receivedAt: number) => ({
	feed: 'a',
	messageId,
	payload: '{"latitude": 99.45',
	reason: 'Not JSON',
	field: null,
	receivedAt,
});
const asRecord = { format: null, transportId: null, topic: null, tries: 1, lastTriedAt: null };

describeStores('rejected messages', (use) => {
	it('are quarantined whole, once', async () => {
		await use().store.write(async ({ quarantine }) => {
			const first = [bad('m1', AT), bad('m2', AT + 1), { ...bad('m1', AT), reason: 'again' }];
			expect(await quarantine.add(first)).toEqual([bad('m1', AT), bad('m2', AT + 1)]);
			const elsewhere = { ...bad('m1', AT + 2), feed: 'b', field: 'position.latitude' };
			expect(await quarantine.add([bad('m2', AT + 9), elsewhere])).toEqual([elsewhere]);
			const kept = [bad('m1', AT), bad('m2', AT + 1), elsewhere];
			expect(await quarantine.find()).toEqual(
				kept.map((one) => ({ id: expect.any(Number), ...one, ...asRecord })),
			);
			expect(
				await quarantine.find({ where: { feed: 'a' }, descending: true, limit: 1, offset: 1 }),
			).toMatchObject([{ messageId: 'm1' }]);
		});
	});

	it('keep what it takes to read them once more', async () => {
		const delivered = {
			...bad('m', AT),
			payload: 'base64:AAECAw==',
			format: FLEET_FORMAT,
			transportId: '1700-3#2',
			topic: 'fleet/T-7/status',
		};
		await use().store.write(async ({ quarantine }) => {
			await quarantine.add([delivered]);
			expect(await quarantine.find()).toEqual([{ id: 1, ...delivered, tries: 1, lastTriedAt: null }]);
		});
	});

	it('are found by their time and by a part of reason, payload or id', async () => {
		await use().store.write(async ({ quarantine }) => {
			await quarantine.add([
				bad('m1', AT),
				{ ...bad('m2', AT + 1), reason: "vehicle: there is no vehicle 'M-Ö 9'" },
				{ ...bad('m3', AT + 2), payload: '{"vehicle":"M-Ö 9"}' },
			]);
			const ids = async (query: Parameters<typeof quarantine.find>[0]) =>
				(await quarantine.find(query)).map(({ messageId }) => messageId);
			expect(await ids({ search: 'm-ö 9' })).toEqual(['m2', 'm3']);
			expect(await ids({ range: { field: 'receivedAt', from: AT + 1 } })).toEqual(['m2', 'm3']);
			expect(await ids({ range: { field: 'receivedAt', from: AT, to: AT + 1 }, search: 'json' })).toEqual([
				'm1',
			]);
			expect(await quarantine.count({ range: { field: 'receivedAt', to: AT + 1 } })).toBe(2);
		});
	});

	it('are changed and removed', async () => {
		await use().store.write(async ({ quarantine }) => {
			await quarantine.add([{ ...bad('m1', AT), format: FLEET_FORMAT }, bad('m2', AT)]);
			const changes = { payload: '{}', reason: 'No vehicle', tries: 2, lastTriedAt: AT + 5, format: null };
			expect(await quarantine.update(1, changes)).toEqual({
				id: 1,
				...bad('m1', AT),
				...asRecord,
				...changes,
			});
			expect(await quarantine.update(99, { tries: 2 })).toBeNull();
			expect(await quarantine.get(2)).toMatchObject({ messageId: 'm2', tries: 1 });
			expect([await quarantine.remove(2), await quarantine.remove(2)]).toEqual([true, false]);
			expect(await quarantine.count()).toBe(1);
		});
	});
});
