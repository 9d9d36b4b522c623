import type { FenceSet } from '../geofences/fence-set';

/** The same geofences; for the position that was asked for last they are not searched again. */
export function rememberLastPosition(fences: FenceSet): FenceSet {
	let lastLongitude = NaN;
	let lastLatitude = NaN;
	let lastInside: readonly number[] = [];
	return {
		...fences,
		insideOf(longitude, latitude) {
			if (longitude !== lastLongitude || latitude !== lastLatitude) {
				lastInside = fences.insideOf(longitude, latitude);
				lastLongitude = longitude;
				lastLatitude = latitude;
			}
			return lastInside;
		},
	};
}
