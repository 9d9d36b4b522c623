import Flatbush from 'flatbush';

import type { Geofence } from '../geofence';
import type { GeofenceRef } from '../rules/pattern';
import { type Area, areasOf } from './area';

/** All geofences, indexed by where they are. Positions are WGS 84 degrees, longitudes from -180 to 180. */
export interface FenceSet {
	/** Ids of the geofences whose shape contains the position, its border included; ascending. */
	insideOf(longitude: number, latitude: number): readonly number[];
	/** How far the position is from the geofence's shape: 0 inside, Infinity when there is no such geofence. */
	metersOutside(id: number, longitude: number, latitude: number): number;
	/** Of this geofence; 0 when there is none. */
	hysteresisMeters(id: number): number;
	/** Ids of the geofence with this name, or of all with this tag; ascending. */
	idsOf(ref: GeofenceRef): readonly number[];
}

/** An entry of the index: an area, which stands once more a turn away where it crosses the antimeridian. */
interface Entry {
	readonly id: number;
	readonly area: Area;
	/** From the position's longitude to those of the area. */
	readonly offset: number;
}

const NONE: readonly number[] = Object.freeze([]);
const TURNS = [-360, 0, 360];

/** The shapes are checked ones; see `parseGeofenceFields`. */
export function buildFenceSet(geofences: readonly Geofence[]): FenceSet {
	const byId = [...geofences].sort((a, b) => a.id - b.id);
	const areas = new Map(byId.map(({ id, shape }) => [id, areasOf(shape)]));
	const entries = [...areas].flatMap(([id, ofFence]) => ofFence.flatMap((area) => entriesOf(id, area)));
	const index = indexOf(entries);
	const hysteresis = new Map(byId.map(({ id, hysteresisMeters }) => [id, hysteresisMeters]));
	const byName = new Map(byId.map(({ id, name }) => [name, [id]]));
	const byTag = new Map<string, number[]>();
	for (const { id, tags } of byId) {
		for (const tag of new Set(tags)) {
			const tagged = byTag.get(tag);
			if (tagged === undefined) byTag.set(tag, [id]);
			else tagged.push(id);
		}
	}
	return {
		insideOf(longitude, latitude) {
			const near = index?.search(longitude, latitude, longitude, latitude) ?? [];
			const ids: number[] = [];
			for (const at of near) {
				const entry = entries[at];
				if (entry === undefined || ids.includes(entry.id)) continue;
				if (entry.area.contains(longitude + entry.offset, latitude)) ids.push(entry.id);
			}
			return ids.length === 0 ? NONE : ids.sort((a, b) => a - b);
		},
		metersOutside: (id, longitude, latitude) =>
			Math.min(...(areas.get(id) ?? []).map((area) => metersOutside(area, longitude, latitude))),
		hysteresisMeters: (id) => hysteresis.get(id) ?? 0,
		idsOf: (ref) => ('geofence' in ref ? byName.get(ref.geofence) : byTag.get(ref.tag)) ?? NONE,
	};
}

function entriesOf(id: number, area: Area): Entry[] {
	const { west, east } = area.box;
	return TURNS.filter((offset) => west <= 180 + offset && east >= offset - 180).map((offset) => ({
		id,
		area,
		offset,
	}));
}

/** Null when there is nothing to index, which Flatbush refuses. */
function indexOf(entries: readonly Entry[]): Flatbush | null {
	if (entries.length === 0) return null;
	const index = new Flatbush(entries.length);
	for (const { area, offset } of entries) {
		const { west, south, east, north } = area.box;
		index.add(west - offset, south, east - offset, north);
	}
	index.finish();
	return index;
}

function metersOutside(area: Area, longitude: number, latitude: number): number {
	const middle = (area.box.west + area.box.east) / 2;
	const turns = Math.round((middle - longitude) / 360);
	return area.metersOutside(longitude + turns * 360, latitude);
}
