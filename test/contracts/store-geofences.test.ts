import { DuplicateRecordError } from '../../src/app/errors';
import type { GeofenceFields } from '../../src/domain/geofence';
import { AT } from './store/samples';
import { describeStores } from './store/stores';

const fields = (changes: Partial<GeofenceFields> = {}): GeofenceFields => ({
	name: 'Depot',
	tags: ['depot', 'Łódź'],
	shape: {
		type: 'polygon',
		polygons: [
			[
				[
					[13.123456789012345, 52.5],
					[13.5, 52.5],
					[13.5, 52.6],
					[13.123456789012345, 52.5],
				],
			],
		],
	},
	hysteresisMeters: 12.5,
	...changes,
});

describeStores('geofences', (use) => {
	it('are kept as they are, to the last digit', async () => {
		const { store } = use();
		await store.write(async ({ geofences }) => {
			const made = await geofences.create(fields(), AT);
			expect(made).toEqual({ ...fields(), id: made.id, createdAt: AT, updatedAt: AT });
			const shape = { type: 'circle', center: [13.4, 52.5], radiusMeters: 200 } as const;
			const changed = await geofences.update(made.id, { shape, tags: [] }, AT + 1);
			expect(changed).toEqual({ ...made, shape, tags: [], updatedAt: AT + 1 });
			expect(await geofences.get(made.id)).toEqual(changed);
			const other = await geofences.create(fields({ name: 'A yard' }), AT);
			expect(await geofences.names()).toEqual([
				{ id: other.id, name: 'A yard', tags: ['depot', 'Łódź'] },
				{ id: made.id, name: 'Depot', tags: [] },
			]);
			expect(await geofences.update(999, { name: 'x' }, AT)).toBeNull();
			expect(await geofences.remove(made.id)).toBe(true);
			expect(await geofences.remove(made.id)).toBe(false);
		});
	});

	it('are known by a name of their own, and searched by name and tags', async () => {
		const { store } = use();
		await store.write(async ({ geofences }) => {
			const depot = await geofences.create(fields(), AT);
			const yard = await geofences.create(fields({ name: 'Yard', tags: ['fuel'] }), AT);
			await expect(geofences.create(fields(), AT)).rejects.toThrow(DuplicateRecordError);
			await expect(geofences.update(yard.id, { name: 'Depot' }, AT)).rejects.toThrow(DuplicateRecordError);
			expect(await geofences.find({ search: 'DEP' })).toEqual([depot]);
			expect(await geofences.find({ search: 'FUEL' })).toEqual([yard]);
			expect(await geofences.find({ where: { name: 'Yard' } })).toEqual([yard]);
			expect(await geofences.count()).toBe(2);
		});
	});

	it('change what the feed evaluates, and nothing else of it', async () => {
		const { store } = use();
		await store.write(async ({ geofences, rules }) => {
			const none = await rules.revision();
			const depot = await geofences.create(fields(), AT);
			const made = await rules.revision();
			const wider = await geofences.update(depot.id, { hysteresisMeters: 50 }, AT);
			const changed = await rules.revision();
			expect(made).toBeGreaterThan(none);
			expect(changed).toBeGreaterThan(made);
			expect((await rules.active()).geofences).toEqual([wider]);
			expect(await rules.changesSince(made)).toMatchObject({
				changed: [],
				taskWatches: null,
				geofences: [wider],
			});
			expect(await rules.changesSince(changed)).toMatchObject({ geofences: null });
			await geofences.remove(depot.id);
			expect(await rules.changesSince(changed)).toMatchObject({ geofences: [] });
		});
	});
});
