import { innerPatterns } from './inner-patterns';
import type { GeofenceRef, Pattern } from './pattern';

/** The geofences and tags that a pattern looks at, each once, in the order in which it names them. */
export function patternGeofences(pattern: Pattern): GeofenceRef[] {
	const keyed = refsIn(pattern).map((ref) => [JSON.stringify(ref), ref] as const);
	return [...new Map(keyed).values()];
}

function refsIn(pattern: Pattern): GeofenceRef[] {
	if ('inside' in pattern) return [bare(pattern.inside)];
	if ('outside' in pattern) return [bare(pattern.outside)];
	if ('enters' in pattern) return [bare(pattern.enters)];
	if ('exits' in pattern) return [bare(pattern.exits)];
	if ('dwells' in pattern) return [bare(pattern.dwells)];
	return innerPatterns(pattern).flatMap(refsIn);
}

function bare(ref: GeofenceRef): GeofenceRef {
	return 'geofence' in ref ? { geofence: ref.geofence } : { tag: ref.tag };
}
