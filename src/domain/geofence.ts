/** WGS 84 degrees: [longitude, latitude], as in GeoJSON (RFC 7946). */
export type LonLat = readonly [longitude: number, latitude: number];

export type GeofenceShape =
	| { readonly type: 'circle'; readonly center: LonLat; readonly radiusMeters: number }
	/** Each polygon: its outer ring, then its holes; rings are closed, their first point being their last. */
	| { readonly type: 'polygon'; readonly polygons: readonly (readonly (readonly LonLat[])[])[] }
	/** Everything no farther from the line than `radiusMeters`. */
	| { readonly type: 'corridor'; readonly line: readonly LonLat[]; readonly radiusMeters: number };

export interface GeofenceFields {
	/** Unique; rules refer to it. */
	readonly name: string;
	readonly tags: readonly string[];
	readonly shape: GeofenceShape;
	/** A vehicle that was inside has left only when it is farther out than this, so that GPS jitter is no journey. */
	readonly hysteresisMeters: number;
}

export interface Geofence extends GeofenceFields {
	readonly id: number;
	readonly createdAt: number;
	readonly updatedAt: number;
}
