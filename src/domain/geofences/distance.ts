/** WGS 84 degrees. */
export interface Coordinates {
	readonly longitude: number;
	readonly latitude: number;
}

/** Mean radius of the Earth, R1 of GRS 80 (Moritz, Geodetic Reference System 1980), kilometres. */
export const EARTH_RADIUS_KILOMETERS = 6371.0088;

const RADIANS = Math.PI / 180;

/**
 * Kilometres along the great circle, by the haversine formula (Sinnott, Virtues of the Haversine, 1984), which stays
 * exact over short distances.
 */
export function greatCircleKilometers(from: Coordinates, to: Coordinates): number {
	const acrossLatitudes = Math.sin(((to.latitude - from.latitude) * RADIANS) / 2);
	const acrossLongitudes = Math.sin(((to.longitude - from.longitude) * RADIANS) / 2);
	const haversine =
		acrossLatitudes * acrossLatitudes +
		Math.cos(from.latitude * RADIANS) * Math.cos(to.latitude * RADIANS) * acrossLongitudes * acrossLongitudes;
	return 2 * EARTH_RADIUS_KILOMETERS * Math.asin(Math.sqrt(Math.min(1, haversine)));
}
