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
	return partsIn(pattern).flatMap(refsIn);
}

function bare(ref: GeofenceRef): GeofenceRef {
	return 'geofence' in ref ? { geofence: ref.geofence } : { tag: ref.tag };
}

function partsIn(pattern: Pattern): readonly Pattern[] {
	if ('all' in pattern) return pattern.all;
	if ('any' in pattern) return pattern.any;
	if ('not' in pattern) return [pattern.not];
	if ('holds' in pattern) return [pattern.holds];
	if ('count' in pattern) return [pattern.count];
	if ('first' in pattern) return [pattern.first, 'then' in pattern ? pattern.then : pattern.thenNot];
	return [];
}
