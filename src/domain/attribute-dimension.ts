import type { Dimension } from './units';

/** By the last words of a name; the first that fits counts. Null: what is counted in something else than our units. */
const ENDINGS: readonly (readonly [RegExp, Dimension | null])[] = [
	[/^(engine|fan|motor|crank(shaft)?|cooling|turbo)speed$/, null],
	[/(speed|speedlimit)$/, 'speed'],
	[/(odometer|mileage|distance|^range)$/, 'distance'],
	[/(temperature|temp)$/, 'temperature'],
	[/voltage$/, 'voltage'],
	[/pressure$/, 'pressure'],
	[/(fuelused|fuelvolume|volume|litres|liters)$/, 'volume'],
	[/(fuellevel|batterylevel|stateofcharge|soc|humidity|percent|engineload|throttle)$/, 'ratio'],
	[/(minutes|duration)$/, 'time'],
	[/(hours|seconds|days|count|rpm)$/, null],
];

/**
 * What the values under a well-known name measure: `wheelSpeed` a speed, `fuelLevel` a ratio. Null: none of our
 * dimensions (`engineHours` counts hours, not minutes). Undefined: the name says nothing.
 */
export function dimensionOf(attribute: string): Dimension | null | undefined {
	const name = attribute.toLowerCase().replace(/[^a-z0-9]/g, '');
	return ENDINGS.find(([ending]) => ending.test(name))?.[1];
}
