import { FleetError } from '../../domain/errors';
import { readGeoJson, type RefusedFeature } from '../../domain/geofences/read-geojson';
import type { Fleet } from '../fleet';
import type { StoreSession } from '../ports/store';
import { upsertGeofenceIn, type SavedGeofence } from './geofences';

export interface GeofenceImport {
	readonly created: number;
	readonly updated: number;
	/** Were so already. */
	readonly unchanged: number;
	/** `index`: place among the features, from 0. */
	readonly saved: readonly (SavedGeofence & { readonly index: number })[];
	readonly refused: readonly RefusedFeature[];
}

/**
 * Takes the features of GeoJSON (RFC 7946), given as such or as text: a geofence that is there by name is updated, any
 * other is created. What is wrong with a feature keeps that one out alone. Rejects with `InvalidFieldError` when it is
 * no GeoJSON at all.
 */
export async function importGeofences(fleet: Fleet, geojson: unknown): Promise<GeofenceImport> {
	const features = readGeoJson(geojson);
	return await fleet.store.write(async (session) => {
		const saved: (SavedGeofence & { index: number })[] = [];
		const refused = [...features.refused];
		for (const feature of features.good) {
			const outcome = await take(session, feature, fleet.clock());
			if ('record' in outcome) saved.push(outcome);
			else refused.push(outcome);
		}
		const created = saved.filter((one) => one.created).length;
		const unchanged = saved.filter((one) => !one.changed).length;
		const updated = saved.length - created - unchanged;
		return { created, updated, unchanged, saved, refused: refused.sort((a, b) => a.index - b.index) };
	});
}

/** What is refused here is refused before anything is written of it. */
async function take(
	session: StoreSession,
	{ index, fields }: ReturnType<typeof readGeoJson>['good'][number],
	at: number,
): Promise<(SavedGeofence & { index: number }) | RefusedFeature> {
	try {
		return { ...(await upsertGeofenceIn(session, fields, at)), index };
	} catch (error) {
		if (!(error instanceof FleetError)) throw error;
		return { index, name: fields.name, reason: error.message, hint: error.hint };
	}
}
