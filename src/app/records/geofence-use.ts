import type { Geofence, GeofenceFields } from '../../domain/geofence';
import type { GeofenceRef } from '../../domain/rules/pattern';
import { patternGeofences } from '../../domain/rules/pattern-geofences';
import type { Rule } from '../../domain/rules/rule';
import { GeofenceInUseError } from '../errors';
import type { StoreSession } from '../ports/store';

/**
 * Rejects with `GeofenceInUseError` when a rule names the geofence, or a tag that no other geofence has, and would find
 * nothing by it after the change; `after` is null when the geofence goes.
 */
export async function refuseBreakingRules(
	session: StoreSession,
	geofence: Geofence,
	after: Pick<GeofenceFields, 'name' | 'tags'> | null,
): Promise<void> {
	const lost = await lostRefs(session, geofence, after);
	if (lost.length === 0) return;
	const rules = await session.rules.find({ orderBy: 'name' });
	for (const ref of lost) {
		const users = rules.filter((rule) => refsOf(rule).some((used) => isSame(used, ref)));
		if (users.length === 0) continue;
		const what = 'geofence' in ref ? 'name' : `tag '${ref.tag}'`;
		throw new GeofenceInUseError(geofence.name, what, [...new Set(users.map(({ name }) => name))]);
	}
}

async function lostRefs(
	session: StoreSession,
	geofence: Geofence,
	after: Pick<GeofenceFields, 'name' | 'tags'> | null,
): Promise<GeofenceRef[]> {
	const name = after?.name === geofence.name ? [] : [{ geofence: geofence.name }];
	const dropped = geofence.tags.filter((tag) => after === null || !after.tags.includes(tag));
	if (dropped.length === 0) return name;
	const others = (await session.geofences.names()).filter(({ id }) => id !== geofence.id);
	const kept = new Set(others.flatMap(({ tags }) => tags));
	return [...name, ...dropped.filter((tag) => !kept.has(tag)).map((tag) => ({ tag }))];
}

/** Of the pattern, of the condition that clears it, and of its escalations. */
function refsOf({ pattern, clear, escalations = [] }: Rule): GeofenceRef[] {
	const others = escalations.flatMap((step) => ('when' in step ? [step.when] : []));
	return [pattern, ...(clear ? [clear] : []), ...others].flatMap(patternGeofences);
}

function isSame(a: GeofenceRef, b: GeofenceRef): boolean {
	if ('geofence' in a) return 'geofence' in b && a.geofence === b.geofence;
	return 'tag' in b && a.tag === b.tag;
}
