import type { FieldInput } from '../../domain/fields';
import type { Geofence, GeofenceFields } from '../../domain/geofence';
import { completeGeofence, parseGeofenceChanges } from '../../domain/geofences/parse-geofence';
import { MissingKeyError, RecordNotFoundError } from '../errors';
import type { Fleet } from '../fleet';
import type { StoreSession } from '../ports/store';
import type { RecordQuery } from '../ports/store-records';
import { isEmpty, realChanges } from './change-record';
import { findGeofence, onlyOne } from './find-record';
import { refuseBreakingRules } from './geofence-use';
import type { RecordRef } from './record-ref';

export interface SavedGeofence {
	readonly record: Geofence;
	readonly created: boolean;
	/** False when it was so already. */
	readonly changed: boolean;
}

/** Rejects with `InvalidFieldError` or `DuplicateRecordError`. */
export async function createGeofence(fleet: Fleet, input: FieldInput): Promise<Geofence> {
	const fields = completeGeofence(parseGeofenceChanges(input));
	return await fleet.store.write(async ({ geofences }) => await geofences.create(fields, fleet.clock()));
}

/**
 * Fields that are left out stay as they are; tags are replaced as a whole. Rejects with `GeofenceInUseError` when a
 * rule knows the geofence by the name, or alone by the tag, that it would lose.
 */
export async function updateGeofence(fleet: Fleet, ref: RecordRef, input: FieldInput): Promise<Geofence> {
	const fields = parseGeofenceChanges(input);
	return await fleet.store.write(async (session) => {
		const geofence = await findGeofence(session, ref);
		return (await updateGeofenceIn(session, geofence, fields, fleet.clock())).record;
	});
}

/** Updates the geofence with this name or creates it. */
export async function upsertGeofence(fleet: Fleet, input: FieldInput): Promise<SavedGeofence> {
	const { name, ...fields } = parseGeofenceChanges(input);
	if (name === undefined) throw new MissingKeyError('geofence', 'name');
	return await fleet.store.write(
		async (session) => await upsertGeofenceIn(session, { ...fields, name }, fleet.clock()),
	);
}

/** The same with checked fields, in a transaction of the caller's; see `upsertGeofence`. */
export async function upsertGeofenceIn(
	session: StoreSession,
	fields: Partial<GeofenceFields> & Pick<GeofenceFields, 'name'>,
	at: number,
): Promise<SavedGeofence> {
	const found = await onlyOne('geofence', session.geofences, 'name', fields.name);
	if (found !== null) return await updateGeofenceIn(session, found, fields, at);
	const record = await session.geofences.create(completeGeofence(fields), at);
	return { record, created: true, changed: true };
}

async function updateGeofenceIn(
	session: StoreSession,
	geofence: Geofence,
	fields: Partial<GeofenceFields>,
	at: number,
): Promise<SavedGeofence> {
	const changes = realChanges<GeofenceFields>(geofence, fields);
	if (isEmpty(changes)) return { record: geofence, created: false, changed: false };
	await refuseBreakingRules(session, geofence, { ...geofence, ...changes });
	const record = await session.geofences.update(geofence.id, changes, at);
	if (record === null) throw new RecordNotFoundError('geofence', geofence.id);
	return { record, created: false, changed: true };
}

export async function getGeofence(fleet: Fleet, ref: RecordRef): Promise<Geofence> {
	return await fleet.store.read(async (session) => await findGeofence(session, ref));
}

/** `tag`: those only that carry it. */
export async function listGeofences(
	fleet: Fleet,
	{ tag, ...query }: RecordQuery<Geofence> & { readonly tag?: string } = {},
): Promise<Geofence[]> {
	return await fleet.store.read(async ({ geofences }) => {
		if (tag === undefined) return await geofences.find(query);
		const { limit, offset = 0, ...all } = query;
		const tagged = (await geofences.find(all)).filter(({ tags }) => tags.includes(tag));
		return tagged.slice(offset, limit === undefined ? undefined : offset + limit);
	});
}

/** Every tag with how many geofences carry it, by name. */
export async function listGeofenceTags(fleet: Fleet): Promise<{ tag: string; geofences: number }[]> {
	const counts = new Map<string, number>();
	const geofences = await fleet.store.read(async (session) => await session.geofences.names());
	for (const { tags } of geofences) {
		for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
	}
	return [...counts]
		.map(([tag, geofences]) => ({ tag, geofences }))
		.sort((a, b) => a.tag.localeCompare(b.tag));
}

/** Rejects with `GeofenceInUseError` while a rule needs it. */
export async function removeGeofence(fleet: Fleet, ref: RecordRef): Promise<Geofence> {
	return await fleet.store.write(async (session) => {
		const geofence = await findGeofence(session, ref);
		await refuseBreakingRules(session, geofence, null);
		await session.geofences.remove(geofence.id);
		return geofence;
	});
}
