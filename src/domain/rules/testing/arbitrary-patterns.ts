import fc from 'fast-check';
import { WEEKDAYS, type GeofencePattern, type GeofenceRef, type Pattern, type Schedule } from '../pattern';
import { aggregate, change, comparison, seconds, withOptional } from './arbitrary-comparisons';
import { FENCES } from './fences';

const fence: fc.Arbitrary<GeofenceRef> = fc.oneof(
	{ weight: 3, arbitrary: fc.constantFrom(...FENCES).map(({ name }) => ({ geofence: name })) },
	{ weight: 2, arbitrary: fc.constant({ tag: 'yard' }) },
	fc.constantFrom<GeofenceRef>({ geofence: 'nowhere' }, { tag: 'none' }),
);

const geofencePattern: fc.Arbitrary<GeofencePattern> = fc.oneof(
	fc.record({ inside: fence }),
	fc.record({ outside: fence }),
	fc.record({ enters: fence }),
	fc.record({ exits: fence }),
	fc.tuple(fence, seconds).map(([ref, forSeconds]): GeofencePattern => ({ dwells: { ...ref, forSeconds } })),
);

/** Borders and dates around those at which the traces begin. */
const time = fc.constantFrom('00:00', '00:01', '01:59', '02:00', '03:00', '03:01', '06:30', '23:59');
const dates = fc.subarray(['2026-03-01', '2026-03-02', '2026-03-28', '2026-03-29', '2026-10-25']);
export const zone = fc.constantFrom('Europe/Berlin', 'vehicle', 'America/New_York', 'UTC');
const schedule: fc.Arbitrary<Schedule> = fc.record(
	{
		days: fc.subarray([...WEEKDAYS]),
		from: time,
		to: time,
		onDates: dates,
		notOnDates: dates,
		timeZone: zone,
	},
	{ requiredKeys: [] },
);

const absence = withOptional(
	{ forSeconds: seconds },
	{ attribute: fc.constantFrom('a', 'b', 'c', 'latitude') },
).map((absent) => ({ absent }));

type Weighted = readonly fc.WeightedArbitrary<Pattern>[];

const leaves: Weighted = [
	{ weight: 6, arbitrary: comparison },
	{ weight: 2, arbitrary: change },
	{ weight: 1, arbitrary: aggregate },
	{ weight: 2, arbitrary: geofencePattern },
	{ weight: 1, arbitrary: absence },
	{ weight: 1, arbitrary: schedule.map((one) => ({ schedule: one })) },
];

const nodes = (pattern: fc.Arbitrary<Pattern>): Weighted => [
	{ weight: 2, arbitrary: fc.record({ all: fc.array(pattern, { maxLength: 3 }) }) },
	{ weight: 2, arbitrary: fc.record({ any: fc.array(pattern, { maxLength: 3 }) }) },
	{ weight: 1, arbitrary: fc.record({ not: pattern }) },
	{ weight: 3, arbitrary: fc.record({ holds: pattern, forSeconds: seconds }) },
	{
		weight: 2,
		arbitrary: withOptional(
			{ count: pattern, times: fc.integer({ min: 1, max: 3 }), withinSeconds: seconds },
			{ of: fc.constantFrom('episodes' as const, 'reports' as const) },
		),
	},
	{ weight: 2, arbitrary: fc.record({ first: pattern, then: pattern, withinSeconds: seconds }) },
	{ weight: 2, arbitrary: fc.record({ first: pattern, thenNot: pattern, withinSeconds: seconds }) },
];

/** The whole language, nested up to `maxDepth`. */
export function arbitraryPattern(maxDepth = 4): fc.Arbitrary<Pattern> {
	const { pattern } = fc.letrec<{ pattern: Pattern }>((tie) => ({
		pattern: fc.oneof(
			{ maxDepth: maxDepth - 1, withCrossShrink: true, depthSize: 'medium' },
			...leaves,
			...nodes(tie('pattern')),
		),
	}));
	return fc.oneof({ weight: 2, arbitrary: fc.oneof(...nodes(pattern)) }, { weight: 1, arbitrary: pattern });
}
