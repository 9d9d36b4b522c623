import {
	DuplicateRecordError,
	GeofenceInUseError,
	MissingKeyError,
	NoPositionYetError,
	RecordNotFoundError,
} from '../../src/app/errors';
import {
	createGeofence,
	getGeofence,
	listGeofences,
	listGeofenceTags,
	removeGeofence,
	updateGeofence,
	upsertGeofence,
} from '../../src/app/records/geofences';
import { importGeofences } from '../../src/app/records/import-geofences';
import { locatePosition, locateVehicle } from '../../src/app/records/locate';
import { createRule, removeRule } from '../../src/app/records/rules';
import { createVehicle } from '../../src/app/records/vehicles';
import { openRecordsFleet, START } from './records-fleet';
import type { RecordsFleet } from './records-fleet';
import { ruleInput } from './records-rule-input';

const circle = (radiusMeters = 500) => ({ type: 'circle', center: [11.5, 48.1], radiusMeters });
const depot = (changes: Readonly<Record<string, unknown>> = {}) => ({
	name: 'Depot',
	shape: circle(),
	...changes,
});

describe('geofences', () => {
	let fleet: RecordsFleet;
	beforeEach(async () => {
		fleet = await openRecordsFleet();
	});
	afterEach(async () => await fleet.close());

	it('are created, found by id or name, changed and removed', async () => {
		const made = await createGeofence(fleet, depot({ tags: 'depot, south' }));
		expect(made).toMatchObject({ tags: ['depot', 'south'], hysteresisMeters: 20, createdAt: START });
		expect(await getGeofence(fleet, { key: ' Depot ' })).toEqual(made);
		const at = fleet.nextHour();
		const changed = await updateGeofence(fleet, { id: made.id }, { name: 'Yard', hysteresisMeters: '30' });
		expect(changed).toEqual({ ...made, name: 'Yard', hysteresisMeters: 30, updatedAt: at });
		fleet.nextHour();
		expect(await updateGeofence(fleet, { id: made.id }, { ...changed, id: undefined })).toEqual(changed);
		expect(await removeGeofence(fleet, { key: 'Yard' })).toEqual(changed);
		await expect(getGeofence(fleet, { key: 'Yard' })).rejects.toThrow(RecordNotFoundError);
	});

	it('are created or updated by their name', async () => {
		expect(await upsertGeofence(fleet, depot({ tags: ['a'] }))).toMatchObject({ created: true });
		await expect(createGeofence(fleet, depot())).rejects.toThrow(DuplicateRecordError);
		expect(await upsertGeofence(fleet, depot())).toMatchObject({ created: false, changed: false });
		expect(await upsertGeofence(fleet, { name: 'Depot', shape: circle(900) })).toMatchObject({
			created: false,
			changed: true,
			record: { tags: ['a'], shape: { radiusMeters: 900 } },
		});
		await expect(upsertGeofence(fleet, { shape: circle() })).rejects.toThrow(MissingKeyError);
		await expect(upsertGeofence(fleet, { name: 'New' })).rejects.toThrow("'New' has no shape");
	});

	it('are listed by tag in pages, and tags with how many carry them', async () => {
		for (const at of [1, 2, 3, 4]) {
			await createGeofence(fleet, depot({ name: `F${at}`, tags: at === 2 ? ['south'] : ['north', 'depot'] }));
		}
		const names = async (query: Parameters<typeof listGeofences>[1]) =>
			(await listGeofences(fleet, query)).map(({ name }) => name);
		expect(await names({ tag: 'depot' })).toEqual(['F1', 'F3', 'F4']);
		expect(await names({ tag: 'depot', offset: 1, limit: 1 })).toEqual(['F3']);
		expect(await names({ tag: 'nort' })).toEqual([]);
		expect(await names({ search: 'f2' })).toEqual(['F2']);
		expect(await listGeofenceTags(fleet)).toEqual([
			{ tag: 'depot', geofences: 3 },
			{ tag: 'north', geofences: 3 },
			{ tag: 'south', geofences: 1 },
		]);
	});

	it('keep the name and the tags that rules know them by', async () => {
		await createGeofence(fleet, depot({ tags: ['base', 'free'] }));
		const rule = async (name: string, changes: object) =>
			(await createRule(fleet, ruleInput({ name, ...changes }))).record;
		const byName = await rule('Left', { pattern: { not: { inside: { geofence: 'Depot' } } } });
		const byTag = await rule('At base', {
			clear: { outside: { tag: 'base' } },
			pattern: { attribute: 'speed', operator: 'gt', value: 5 },
		});
		const key = { key: 'Depot' };
		await expect(updateGeofence(fleet, key, { name: 'Yard' })).rejects.toThrow(/name: the rule 'Left' would/);
		await expect(removeGeofence(fleet, key)).rejects.toThrow(GeofenceInUseError);
		await expect(updateGeofence(fleet, key, { tags: [] })).rejects.toThrow(
			/tag 'base': the rule 'At base' would/,
		);
		await updateGeofence(fleet, key, { shape: circle(20), tags: ['base'] });
		await createGeofence(fleet, depot({ name: 'Other', tags: ['base'] }));
		await updateGeofence(fleet, key, { tags: [] });
		await removeRule(fleet, { id: byName.id });
		await removeGeofence(fleet, key);
		await expect(removeGeofence(fleet, { key: 'Other' })).rejects.toThrow("'At base'");
		await removeRule(fleet, { id: byTag.id });
		expect(await removeGeofence(fleet, { key: 'Other' })).toMatchObject({ name: 'Other' });
	});

	it('are imported from GeoJSON: good features go in, bad ones are told, what is in use stays', async () => {
		await createGeofence(fleet, depot({ tags: ['base'] }));
		await createGeofence(fleet, depot({ name: 'Same' }));
		await createRule(fleet, ruleInput({ pattern: { inside: { tag: 'base' } } }));
		const feature = (name: string | null, properties: object = {}) => ({
			type: 'Feature',
			geometry: { type: 'Point', coordinates: [11.5, 48.1] },
			properties: { name, radius: 500, ...properties },
		});
		const features = [
			feature('New', { tags: ['x'] }),
			feature('Bad', { radius: -1 }),
			feature('Depot', { tags: [] }),
			feature('Same'),
			feature(null),
		];
		const imported = await importGeofences(fleet, JSON.stringify({ type: 'FeatureCollection', features }));
		expect(imported).toMatchObject({
			created: 1,
			updated: 0,
			unchanged: 1,
			saved: [{ index: 0, record: { name: 'New', tags: ['x'] } }, { index: 3 }],
			refused: [
				{ index: 1, name: 'Bad', reason: expect.stringContaining('-1') },
				{ index: 2, name: 'Depot', reason: expect.stringContaining("tag 'base'") },
				{ index: 4, name: null, reason: 'The feature has no name' },
			],
		});
		const again = await importGeofences(fleet, { ...feature('Depot', { radius: 90 }) });
		expect(again).toMatchObject({ created: 0, updated: 1, refused: [] });
		expect(await getGeofence(fleet, { key: 'Depot' })).toMatchObject({ tags: ['base'], shape: circle(90) });
		await expect(importGeofences(fleet, 'nothing')).rejects.toThrow('no JSON');
		expect(await listGeofences(fleet)).toHaveLength(3);
	});

	it('are told for a position, as they are now', async () => {
		const { id } = await createVehicle(fleet, { plate: 'B FL 1' });
		await expect(locateVehicle(fleet, { id })).rejects.toThrow(NoPositionYetError);
		await fleet.report(id, { speed: 3 });
		expect(await locateVehicle(fleet, { id })).toMatchObject({
			geofences: [],
			vehicleId: id,
			reportedAt: START,
		});
		const made = await createGeofence(fleet, depot());
		expect((await locateVehicle(fleet, { key: 'b fl 1' })).geofences).toEqual([made]);
		expect((await locatePosition(fleet, 11.5, 48.2)).geofences).toEqual([]);
		await updateGeofence(fleet, { id: made.id }, { shape: circle(20_000) });
		expect((await locatePosition(fleet, 11.5, 48.2)).geofences).toMatchObject([{ name: 'Depot' }]);
		await expect(locatePosition(fleet, 48.2, 111.5)).rejects.toMatchObject({
			hint: 'The longitude comes first: did you mean [111.5, 48.2]?',
		});
	});
});
